// Installs the packages of the lock file when they are missing or the lock file changed.
// Dependency-free and valid on Node 20.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, root } from './runtime.mjs'

const stamp = join(cacheFolder, 'installed.sha256')
// npm writes this file at the end of each install, its own included.
const npmLedger = join(root, 'node_modules', '.package-lock.json')

/**
 * @param {(line: string) => void} say takes one line a step
 */
export async function install(say) {
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  if (existsSync(npmLedger) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('packages: installing what the lock file names …')
  const begun = Date.now()
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(stamp, wanted)
  say(`packages: installed in ${Math.round((Date.now() - begun) / 1000)} s`)
}

function npm(args) {
  return new Promise((done, failed) => {
    const windows = process.platform === 'win32'
    const child = spawn(windows ? 'npm.cmd' : 'npm', args, {
      cwd: root,
      shell: windows,
      // npm's own words go to stderr: stdout belongs to the program that is started afterwards.
      stdio: ['ignore', process.stderr, process.stderr],
      env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
    })
    child.on('error', failed)
    child.on('exit', (code) => {
      if (code === 0) done()
      else failed(new Error(`npm ${args[0]} ended with code ${code}`))
    })
  })
}
