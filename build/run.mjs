// Runs a TypeScript entry on the right Node: `node build/run.mjs NAME|FILE args…`.
// Standard streams, signals and the exit code pass through.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install } from './install.mjs'
import { pickNode, root } from './runtime.mjs'

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
if (node === undefined) {
  console.error(`Loopdesk needs Node 22.6 or newer here, this is ${process.version} on ${process.platform}-${process.arch}`)
  process.exit(1)
}
if (node.own) {
  process.argv.splice(1, 2, file)
  await import(pathToFileURL(file).href)
} else {
  passThrough(spawn(node.path, [...node.flags, file, ...args], { stdio: 'inherit' }))
}

function passThrough(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the whole process group: the child has it already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    console.error(`${node.path} does not start: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
  })
}
