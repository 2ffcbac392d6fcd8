import { fileURLToPath } from 'node:url'
import { holds, keep, type BenchResult } from './support.ts'
import { board } from './board.ts'
import { boardInBrowser } from './boardInBrowser.ts'
import { changeToPixels } from './changeToPixels.ts'
import { exact } from './dispatch/exact.ts'
import { replanning } from './dispatch/stability.ts'
import { vrptw, vrptwLarge } from './dispatch/vrptw.ts'
import { firstLoad } from './firstLoad.ts'
import { insightBench } from './insight.ts'
import { importBench } from './import.ts'
import { monthEnd } from './monthEnd.ts'
import { reportBench } from './report.ts'
import { search } from './search.ts'
import { start } from './start.ts'
import { suggestions } from './suggest.ts'
import { timers } from './timers.ts'
import { transitions } from './transitions.ts'

/** `npm run bench [-- letter …]`: all of the table, or the lines named. */
const table: Readonly<Record<string, () => Promise<BenchResult>>> = {
  a: transitions,
  b: importBench,
  c: timers,
  d: start,
  e: board,
  f: boardInBrowser,
  g: changeToPixels,
  h: firstLoad,
  i: suggestions,
  k: insightBench,
  m: monthEnd,
  r: reportBench,
  s: search,
  v: vrptw,
  w: vrptwLarge,
  x: exact,
  y: replanning,
}

const wanted = process.argv.slice(2).filter((word) => word in table)
const results: BenchResult[] = []
for (const [letter, run] of Object.entries(table)) {
  if (wanted.length > 0 && !wanted.includes(letter)) continue
  const result = await run()
  results.push(result)
  console.log(`${wordOf(result)} ${result.name}: ${result.ratio} (${boundOf(result)}), ${result.of}`)
  for (const [what, value] of Object.entries(result.seen)) console.log(`         ${what}: ${value}`)
}
keep(results, fileURLToPath(new URL('./results/latest.json', import.meta.url)))
process.exitCode = results.every(holds) ? 0 : 1

function wordOf(result: BenchResult): string {
  if (result.bound === 'told') return 'told  '
  return holds(result) ? 'holds ' : 'MISSED'
}
function boundOf({ bound }: BenchResult): string {
  if (bound === 'told') return 'no bound'
  return 'least' in bound ? `≥ ${bound.least}` : `≤ ${bound.most}`
}
