// What the tests of pages and of the desktop shell need from a Debian machine. Dependency-free.
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runQuietly } from './runtime.mjs'

/** Commands, libraries (by the name the linker knows) and fonts, each with the package that brings it. */
const commands = { chromium: 'chromium-headless-shell', Xvfb: 'xvfb', xauth: 'xauth', strace: 'strace' }
const libraries = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
  'libXss.so.1': 'libxss1',
  'libXtst.so.6': 'libxtst6',
  'libatspi.so.0': 'libatspi2.0-0',
  'libdrm.so.2': 'libdrm2',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libsecret-1.so.0': 'libsecret-1-0',
  'libnotify.so.4': 'libnotify4',
}
const fontFolder = '/usr/share/fonts/opentype/noto'
const fontPackage = 'fonts-noto-cjk'

/**
 * Installs what is missing, as root through apt; says what it did or could not do.
 * @param {(line: string) => void} say
 */
export async function installSystemPackages(say) {
  if (process.platform !== 'linux') return
  const missing = await missingPackages()
  if (missing.length === 0) return
  const names = missing.join(' ')
  if (process.getuid() !== 0) return say(`system: missing ${names}; installing them needs root`)
  if (findCommand('apt-get') === undefined) return say(`system: missing ${names}; there is no apt here`)
  say(`system: installing ${names} …`)
  const begun = Date.now()
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) => runQuietly('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], { env })
  // A source that is out of reach must not keep the others from being used.
  await apt('update')
  const add = (packages) => apt('install', '-y', '--no-install-recommends', ...packages)
  const { code } = await add(missing)
  // One unknown name makes apt refuse the whole list.
  if (code !== 0) for (const name of missing) await add([name])
  if (findChromium() === undefined) await add(['chromium'])
  const left = await missingPackages()
  const time = `${Math.round((Date.now() - begun) / 1000)} s`
  say(left.length === 0 ? `system: installed in ${time}` : `system: could not be had: ${left.join(' ')}`)
}

async function missingPackages() {
  const { output } = await runQuietly('/sbin/ldconfig', ['-p'])
  const known = new Set(output.split('\n').map((line) => line.trim().split(' ')[0]))
  const missing = Object.keys(libraries).filter((name) => !known.has(name)).map((name) => libraries[name])
  for (const [command, name] of Object.entries(commands)) {
    const found = command === 'chromium' ? findChromium() : findCommand(command)
    if (found === undefined) missing.push(name)
  }
  const fonts = existsSync(fontFolder) ? readdirSync(fontFolder) : []
  if (!fonts.some((name) => name.startsWith('NotoSansCJK'))) missing.push(fontPackage)
  return missing
}

/** The shell is the same engine without a browser's windows around it: pages take a third less of the processor. */
const browsers = ['chromium-headless-shell', 'chromium', 'google-chrome', 'chromium-browser']

/** @returns {string | undefined} */
export function findChromium() {
  if (process.env.LOOPDESK_CHROMIUM) return process.env.LOOPDESK_CHROMIUM
  for (const name of browsers) {
    const path = findCommand(name)
    if (path !== undefined) return path
  }
  return undefined
}

/** @returns {string | undefined} the full path of a command on the PATH */
export function findCommand(name) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}
