// `npm test [-- vitest's arguments]`; `npm run test:long` runs the random suites at their full count.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { root, runThrough } from './runtime.mjs'

const args = process.argv.slice(2)
const node = await bootstrap({ forTests: true })
const seed = process.env.LOOPDESK_SEED || String(randomInt(2 ** 31))
console.log(`seed: ${seed} (LOOPDESK_SEED=${seed} repeats the random tests)`)

const env = { ...process.env, LOOPDESK_SEED: seed }
if (args.includes('--long')) env.LOOPDESK_LONG = '1'
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const wanted = args.filter((argument) => argument !== '--long')
process.exitCode = await runThrough(node.path, [...node.flags, vitest, 'run', '--root', root, ...wanted], env)
