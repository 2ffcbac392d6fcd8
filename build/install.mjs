// Installs the packages of the lock file when they are missing or another version is wanted.
// Dependency-free and valid on Node 20.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { cacheFolder, root, runQuietly } from './runtime.mjs'

const lockFile = join(root, 'package-lock.json')
const stamp = join(cacheFolder, 'installed.sha256')
// npm keeps here what it really installed.
const ledger = join(root, 'node_modules', '.package-lock.json')

/**
 * @param {(line: string) => void} say takes one line a step
 * @throws when npm cannot install
 */
export async function install(say) {
  if (isInstalled()) return
  const release = await takeTurn(say)
  try {
    if (isInstalled()) return
    say('packages: installing what the lock file names …')
    const begun = Date.now()
    const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }
    const npm = (...args) => runQuietly('npm', [...args, '--ignore-scripts', '--loglevel=error'], { env })
    // A registry that lacks some other platform's optional package makes `npm ci` give up; `npm install` does not.
    let { code, output } = await npm('ci')
    if (code !== 0) ({ code, output } = await npm('install', '--no-save'))
    if (code !== 0) {
      say(`packages: npm could not install them\n${output.trim()}`)
      process.exitCode = 1
      throw new Error('packages are missing')
    }
    writeStamp()
    say(`packages: installed in ${Math.round((Date.now() - begun) / 1000)} s`)
  } finally {
    release()
  }
}

function isInstalled() {
  if (!existsSync(ledger)) return false
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfLockFile()) return true
  // A lock file changed by `npm install` itself needs no second install.
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  const present = JSON.parse(readFileSync(ledger, 'utf8')).packages
  const missing = Object.keys(wanted).some((path) => {
    if (path === '' || wanted[path].optional) return false
    return present[path]?.version !== wanted[path].version
  })
  if (!missing) writeStamp()
  return !missing
}

function hashOfLockFile() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex')
}

function writeStamp() {
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(stamp, hashOfLockFile())
}

/** Two programs of ours started at once must not install into the same folder at once. */
async function takeTurn(say) {
  const turn = join(tmpdir(), `loopdesk-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`)
  let said = false
  for (;;) {
    try {
      writeFileSync(turn, String(process.pid), { flag: 'wx' })
      return () => rmSync(turn, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!isHeld(turn)) rmSync(turn, { force: true })
    else if (!said) {
      say('packages: another program is installing them, waiting …')
      said = true
    }
    await pause(300)
  }
}

function isHeld(turn) {
  try {
    const holder = Number(readFileSync(turn, 'utf8'))
    // Just made, its number not written yet.
    if (holder === 0) return Date.now() - statSync(turn).mtimeMs < 10_000
    process.kill(holder, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
