import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { solve } from '#shared/domain/dispatch/solve.ts'
import { breaches } from './checker.mjs'
import { readInstance } from './instance.ts'

/**
 * The planner on public instances: `node bench/dispatch/vrptw.ts FOLDER [seconds at ≤ 200 jobs] [seconds above] [only]`.
 * The folder holds `best.csv` (instance, vehicles, "floor to 0.1" or "exact", best known) and the instances. Time is
 * the processor's, so that a busy machine does not count; SEED picks the seed.
 */
const [folder = '.', seconds = '10', secondsLarge = '60', only = ''] = process.argv.slice(2)
const seed = Number(process.env.SEED ?? 1)

const clock = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const byClass = new Map<string, number[]>()
for (const line of readFileSync(join(folder, 'best.csv'), 'utf8').trim().split('\n').slice(1)) {
  const [name = '', vehicles, distances = '', best] = line.split(',')
  if (!new RegExp(only).test(name)) continue
  const { problem, scale } = readInstance(join(folder, `${name}.vrptw`), Number(vehicles), distances.startsWith('floor'))
  const large = problem.jobs.length > 200
  const plan = solve(problem, { seed, clock, milliseconds: Number(large ? secondsLarge : seconds) * 1000 })
  const wrong = breaches(problem, plan)
  // The way in ms is the distance.
  const distance = (plan.costs.travel * 60_000) / scale
  const gap = distance / Number(best) - 1
  const family = `${/^[A-Z]+\d/.exec(name)?.[0] ?? name} ${problem.jobs.length}`
  byClass.set(family, [...(byClass.get(family) ?? []), gap])
  const told = wrong.length > 0 ? `, ${wrong.length} breaches: ${wrong[0] ?? ''}` : ''
  console.log(`${name}: ${distance.toFixed(2)}, gap ${(gap * 100).toFixed(2)} %, unserved ${plan.unserved.length}${told}`)
}
for (const [family, gaps] of byClass) {
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  console.log(`| ${family} | ${gaps.length} | ${(mean * 100).toFixed(2)} | ${(Math.max(...gaps) * 100).toFixed(2)} |`)
}
