import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPromise } from 'yauzl'
import { solve } from '#shared/domain/dispatch/solve.ts'
import { round, type BenchResult } from '../support.ts'
import { breaches } from './checker.mjs'
import { readInstance } from './instance.ts'

/** A zip or a folder: `best.csv` (instance, vehicles, "floor to 0.1" or "exact", best known) and the instances. */
const SOURCE = process.env['LOOPDESK_VRPTW'] ?? fileURLToPath(new URL('../../../shared/data/vrptw.zip', import.meta.url))
const SEED = Number(process.env['LOOPDESK_SEED'] ?? 1)
/** An instance has more jobs than this: it counts as large. */
const LARGE = 200

/** The planner on Solomon's instances, 10 s of the processor each: a busy machine does not count. */
export const vrptw = (): Promise<BenchResult> => measure('v. the planner, up to 200 jobs', 10, 1.02, (jobs) => jobs <= LARGE)
/** On Gehring and Homberger's, 60 s each. */
export const vrptwLarge = (): Promise<BenchResult> => measure('w. the planner, over 200 jobs', 60, 1.05, (jobs) => jobs > LARGE)

async function measure(name: string, seconds: number, most: number, wanted: (jobs: number) => boolean): Promise<BenchResult> {
  const of = `distance ÷ best known, mean, ${seconds} s of the processor each, seed ${SEED}`
  if (!existsSync(SOURCE)) return { name, of, ratio: 0, bound: 'told', seen: { skipped: '../shared/data/vrptw.zip is not there' } }
  const files = await texts()
  const ratios: number[] = []
  const byClass = new Map<string, number[]>()
  const seen: Record<string, number | string> = {}
  let unserved = 0
  let wrong = 0
  for (const line of (files.get('best') ?? '').trim().split('\n').slice(1)) {
    const [instance = '', vehicles, distances = '', best] = line.trim().split(',')
    const text = files.get(instance)
    if (text === undefined) continue
    const { problem, scale } = readInstance(text, Number(vehicles), distances.startsWith('floor'))
    if (!wanted(problem.jobs.length)) continue
    const plan = solve(problem, { seed: SEED, clock: processorTime, milliseconds: seconds * 1000 })
    unserved += plan.unserved.length
    wrong += breaches(problem, plan).length
    // The way in ms is the distance.
    const ratio = (plan.costs.travel * 60_000) / scale / Number(best)
    ratios.push(ratio)
    const family = /^[A-Z]+\d/.exec(instance)?.[0] ?? instance
    byClass.set(family, [...(byClass.get(family) ?? []), ratio])
    console.log(`         ${instance}: gap ${percent(ratio)} %`)
  }
  for (const [family, all] of byClass) seen[`${family}, ${all.length} instances`] = `mean gap ${percent(mean(all))} %, worst ${percent(Math.max(...all))} %`
  seen['unserved'] = unserved
  seen['breaches that the checker found'] = wrong
  // A plan that leaves somebody out or breaks a rule has no distance to be compared.
  return { name, of, ratio: unserved + wrong > 0 ? Infinity : round(mean(ratios), 4), bound: { most }, seen }
}

/** Name without ending → text. */
async function texts(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const nameOf = (path: string): string => path.replace(/^.*\/|\.\w+$/g, '')
  if (!SOURCE.endsWith('.zip')) {
    for (const file of readdirSync(SOURCE)) found.set(nameOf(file), readFileSync(join(SOURCE, file), 'utf8'))
    return found
  }
  const zip = await openPromise(SOURCE, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    let text = ''
    for await (const chunk of await zip.openReadStreamPromise(entry)) text += String(chunk)
    found.set(nameOf(entry.fileName), text)
  }
  zip.close()
  return found
}

function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const percent = (ratio: number): string => ((ratio - 1) * 100).toFixed(2)
