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
  await Promise.all(targets.filter((target) => force || isStale(target)).map((target) => build(target, say)))
}

function isStale({ config, output, sources }) {
  const changes = [config, 'package-lock.json', ...sources].map((source) => newest(join(root, source)))
  return newest(join(root, output)) <= Math.max(...changes)
}

async function build({ name, config }, say) {
  say(`${name}: building …`)
  const begun = Date.now()
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--config', config, '--logLevel', 'warn']
  const { code, output } = await runQuietly(pickNode().path, args)
  if (code !== 0) throw new Error(`${name}: the build failed\n${output.trim()}`)
  if (output.trim() !== '') say(output.trim())
  say(`${name}: built in ${((Date.now() - begun) / 1000).toFixed(1)} s`)
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
