import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { app } from 'electron'
import { LINK_SCHEME, linkAmong } from './deepLink.ts'
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
  let link = linkAmong(process.argv.slice(1))
  let desktop: Desktop | undefined
  app.on('second-instance', (_event, args) => {
    const wanted = linkAmong(args)
    if (wanted === undefined) desktop?.focus()
    else open(wanted)
  })
  // A Mac tells of links by an event, also before the program is ready.
  app.on('open-url', (event, address) => {
    event.preventDefault()
    open(address)
  })
  const open = (address: string): void => {
    if (desktop) desktop.openLink(address)
    else link = address
  }
  void app.whenReady().then(() => {
    takeLinks()
    desktop = new Desktop(options)
    desktop.start(link)
  })
} else {
  app.quit()
}

/** The system hands `loopdesk:` links to this program, and to this data folder where it was started on one. */
function takeLinks(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
  else app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, [app.getAppPath(), '--data', options.data])
}
