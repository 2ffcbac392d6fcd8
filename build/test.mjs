// `npm test [-- vitest's arguments]`; `npm run test:long` runs the random suites at their full count.
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { root, runThrough } from './runtime.mjs'

const args = process.argv.slice(2)
const node = await bootstrap({ forTests: true })
const seed = process.env.LOOPDESK_SEED || String(randomInt(2 ** 31))
console.log(`seed: ${seed} (LOOPDESK_SEED=${seed} repeats the random tests)`)

/**
 * Data folders of tests stand in memory where there is room: a hundred desks that wait for one disk at every commit
 * test the disk. That a commit waits for it is tested by tracing the system calls, which are the same.
 */
const IN_MEMORY = '/dev/shm'
const ENOUGH_BYTES = 4 * 1024 ** 3

const env = { ...process.env, LOOPDESK_SEED: seed }
const place = placeInMemory()
if (place !== undefined) env.TMPDIR = place
if (args.includes('--long')) env.LOOPDESK_LONG = '1'
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const wanted = args.filter((argument) => argument !== '--long')
try {
  process.exitCode = await runThrough(node.path, [...node.flags, vitest, 'run', '--root', root, ...wanted], env)
} finally {
  if (place !== undefined) rmSync(place, { recursive: true, force: true })
}

/** @returns {string | undefined} */
function placeInMemory() {
  if (process.env.TMPDIR !== undefined) return undefined
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    return bavail * bsize < ENOUGH_BYTES ? undefined : mkdtempSync(join(IN_MEMORY, 'loopdesk-tests-'))
  } catch {
    return undefined
  }
}
