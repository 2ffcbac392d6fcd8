// `npm start`: the desktop window where there is a display and the official Electron, else the same desk
// in the browser. Both start with the demo data on first run.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { bootstrap } from './bootstrap.mjs'
import { bundle } from './bundle.mjs'
import { officialElectron } from './electron.mjs'
import { root, runThrough } from './runtime.mjs'

const say = console.log
const node = await bootstrap({ forTests: false, say })

const electron = canOpenWindow() ? await officialElectron(say) : undefined
await bundle(say, electron === undefined ? { names: ['renderer'] } : {})
const data = process.env.LOOPDESK_DATA || defaultDataFolder()
const args = process.argv.slice(2)
if (electron !== undefined) {
  say('desk: opening the window')
  process.exitCode = await runThrough(electron, [root, '--demo', '--data', data, ...args])
} else {
  say(`desk: no window here, serving it to the browser; data in ${data}`)
  const cli = join(root, 'core', 'cli', 'main.ts')
  process.exitCode = await runThrough(node.path, [...node.flags, cli, 'serve', '--demo', '--data', data, ...args])
}

function canOpenWindow() {
  if (process.platform !== 'linux') return true
  // Electron's sandbox refuses to run as root.
  return process.getuid() !== 0 && Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

function defaultDataFolder() {
  if (process.platform === 'win32') return join(process.env.APPDATA || homedir(), 'Loopdesk')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Loopdesk')
  return join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'loopdesk')
}
