// Builds what is stale of main process, preload and pages with electron-vite:
// `node build/bundle.mjs [--force] [main] [preload] [renderer]`; no name: all three.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pickNode, root, runQuietly } from './runtime.mjs'

const parts = {
  main: { output: 'dist/main/index.js', sources: ['electron', 'core', 'shared'] },
  preload: { output: 'dist/preload/index.cjs', sources: ['electron/preload', 'shared'] },
  renderer: { output: 'dist/renderer/index.html', sources: ['renderer', 'shared'] },
}

/**
 * Builds each part whose sources are newer than its output.
 * @param {(line: string) => void} say
 * @param {{ names?: string[], force?: boolean }} options `names`: of main, preload, renderer
 * @throws with the builder's words when a build fails
 */
export async function bundle(say, { names = Object.keys(parts), force = false } = {}) {
  const stale = names.filter((name) => force || isStale(parts[name]))
  if (stale.length === 0) return
  say(`bundle: building ${stale.join(', ')} …`)
  const begun = Date.now()
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const env = { ...process.env, NO_COLOR: '1', LOOPDESK_PARTS: stale.join(',') }
  const { code, output } = await runQuietly(pickNode().path, [builder, 'build', '--ignoreConfigWarning', '--logLevel', 'warn'], { env })
  if (code !== 0) throw new Error(`bundle: the build failed\n${output.trim()}`)
  if (output.trim() !== '') say(output.trim())
  say(`bundle: built in ${((Date.now() - begun) / 1000).toFixed(1)} s`)
}

function isStale({ output, sources }) {
  const changes = ['electron.vite.config.ts', 'package-lock.json', ...sources].map((source) => newest(join(root, source)))
  return newest(join(root, output)) <= Math.max(...changes)
}

/** The latest change (ms) of a file or of anything in a folder; a removed file shows in its folder's time. */
function newest(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2)
  const names = args.filter((name) => Object.hasOwn(parts, name))
  await bundle(console.log, { force: args.includes('--force'), ...(names.length > 0 && { names }) })
}
