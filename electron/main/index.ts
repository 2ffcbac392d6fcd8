import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { app } from 'electron'
import { Desktop } from './desktop.ts'
import { readOptions } from './options.ts'
import { registerScheme } from './protocol.ts'

const options = readOptions(process.argv.slice(1), process.env)

app.setName('Loopdesk')
// One program per data folder: the instance lock, window state and preferences stand under the folder's own name.
const folderName = createHash('sha256').update(options.data).digest('hex').slice(0, 16)
app.setPath('userData', join(app.getPath('appData'), 'Loopdesk Desktop', folderName))
// With that switch (root in a container, where Chromium has no sandbox) no page could start at all.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerScheme()

if (app.requestSingleInstanceLock()) {
  const desktop = new Desktop(options)
  app.on('second-instance', () => desktop.focus())
  void app.whenReady().then(() => desktop.start())
} else {
  app.quit()
}
