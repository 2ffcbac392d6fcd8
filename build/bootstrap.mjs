// Makes a clean clone ready: `node build/bootstrap.mjs [--for test]`. Dependency-free, works on Node 20,
// says each step in one line and what could not be had.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findChromium, findCommand, installSystemPackages } from './apt.mjs'
import { electronForTests } from './electron.mjs'
import { install } from './install.mjs'
import { cacheFolder, pickNode, runQuietly } from './runtime.mjs'

/**
 * @param {{ forTests: boolean, say?: (line: string) => void }} options
 * @returns {Promise<ReturnType<typeof pickNode>>} the Node to go on with
 */
export async function bootstrap({ forTests, say = console.log }) {
  if (!forTests) await install(say)
  else await prepareTests(say)
  return pickNode()
}

async function prepareTests(say) {
  const packages = install(say)
  const [electron] = await Promise.all([packages.then(() => electronForTests(say)), installSystemPackages(say)])
  const runtimes = { chromium: await chromiumRuntime(), electron: electronRuntime(electron) }
  for (const [name, { skipReason }] of Object.entries(runtimes)) {
    if (skipReason) say(`${name}: its tests will be skipped: ${skipReason}`)
  }
  mkdirSync(cacheFolder, { recursive: true })
  // tests/support/runtimes.ts reads this.
  writeFileSync(join(cacheFolder, 'runtimes.json'), JSON.stringify(runtimes, null, 2))
}

async function chromiumRuntime() {
  const path = findChromium()
  if (path === undefined) return { skipReason: 'no Chromium found, and it could not be installed' }
  const { code } = await runQuietly(path, ['--version'], { seconds: 30 })
  return code === 0 ? { path } : { skipReason: `${path} does not run` }
}

function electronRuntime(path) {
  if (path === undefined) return { skipReason: 'no Electron runtime could be had' }
  if (process.platform !== 'linux' || process.env.DISPLAY) return { path }
  const xvfb = findCommand('Xvfb')
  return xvfb === undefined ? { skipReason: 'no display, and Xvfb could not be installed' } : { path, xvfb }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2)
  await bootstrap({ forTests: args[args.indexOf('--for') + 1] === 'test' && args.includes('--for') })
}
