// Builds what cannot run from source: the pages and the sandboxed preload. `node build/renderer.mjs [--force]`
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pickNode, root, runQuietly } from './runtime.mjs'

const targets = [
  { name: 'pages', config: 'vite.config.ts', output: 'dist/renderer/index.html', sources: ['renderer', 'shared'] },
  {
    name: 'preload',
    config: 'vite.preload.config.ts',
    output: 'dist/preload/index.cjs',
    sources: ['electron/preload', 'shared'],
  },
]

/**
 * Builds each target whose sources are newer than its output.
 * @param {(line: string) => void} say
 * @param {{ force?: boolean }} options
 * @throws with the builder's words when a build fails
 */
export async function buildIfStale(say, { force = false } = {}) {
  const { path: node } = pickNode()
  await Promise.all(targets.map(async ({ name, config, output, sources }) => {
    if (!force && newest(join(root, output)) > Math.max(...[config, 'package-lock.json', ...sources].map((source) => newest(join(root, source))))) return
    say(`${name}: building …`)
    const begun = Date.now()
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const { code, output: words } = await runQuietly(node, [vite, 'build', '--config', config, '--logLevel', 'warn'])
    if (code !== 0) throw new Error(`${name}: the build failed\n${words.trim()}`)
    if (words.trim() !== '') say(words.trim())
    say(`${name}: built in ${((Date.now() - begun) / 1000).toFixed(1)} s`)
  }))
}

/** The latest change (ms) of a file or of anything in a folder; a removed file shows in its folder's time. */
function newest(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs)
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildIfStale(console.log, { force: process.argv.includes('--force') })
}
