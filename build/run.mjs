// Runs a TypeScript entry on the right Node: `node build/run.mjs NAME|FILE args…`.
// Standard streams, signals and the exit code pass through.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install } from './install.mjs'
import { pickNode, root, runThrough, whenOrphaned } from './runtime.mjs'

const entries = { loopdesk: 'core/cli/main.ts', bench: 'bench/main.ts' }

const [name, ...args] = process.argv.slice(2)
if (name === undefined) {
  console.error('usage: node build/run.mjs NAME|FILE args…')
  process.exit(2)
}
// What the install says goes to stderr: stdout belongs to the program.
await install((line) => console.error(line))

const file = Object.hasOwn(entries, name) ? resolve(root, entries[name]) : resolve(name)
const node = pickNode()
if (node.isThis) {
  process.argv.splice(1, 2, file)
  whenOrphaned(() => process.kill(process.pid, 'SIGTERM'))
  await import(pathToFileURL(file).href)
} else {
  process.exitCode = await runThrough(node.path, [...node.flags, file, ...args])
}
