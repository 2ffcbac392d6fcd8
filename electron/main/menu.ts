import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { keysOf, PLACES, type DeedId, type PlaceId } from '#shared/domain/desk/shortcuts.ts'
import { en } from '#shared/i18n/en.ts'
import type { Locale } from '#shared/i18n/refusalMessage.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'
import { acceleratorOf } from './accelerators.ts'
import type { Words } from './words.ts'

export interface MenuDeeds {
  newWindow(): void
  openAddress(): void
  useLocal(): void
  print(): void
  toggleWall(): void
  setStaying(stays: boolean): void
  /** A place or a deed of the page in front. */
  ask(id: PlaceId | DeedId): void
}
export interface MenuState {
  readonly isRemote: boolean
  readonly wallIsOpen: boolean
  readonly stays: boolean
}

/** The application menu; its keys are those of the list of shortcuts, and the page listens to them. */
export function setMenu(word: Words, locale: Locale, state: MenuState, deeds: MenuDeeds): void {
  const titles = (locale === 'en' ? en : zhCN).title
  const entry = (role: MenuItemConstructorOptions['role'], label: string): MenuItemConstructorOptions => ({ role, label })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const asking = (id: PlaceId | DeedId, label: string): MenuItemConstructorOptions => {
    const accelerator = acceleratorOf(keysOf(id))
    const second = accelerator === undefined ? ` (${keysOf(id)[0] ?? ''})` : ''
    // Only shown: a registered letter would be taken away from whoever types. A Mac registers them all the same.
    const keys = accelerator !== undefined && process.platform !== 'darwin' ? { accelerator, registerAccelerator: false } : {}
    return { label: label + second, ...keys, click: () => deeds.ask(id) }
  }
  const own = (label: string, accelerator: string, click: () => void): MenuItemConstructorOptions => ({ label, accelerator, click })
  const deed: Readonly<Record<DeedId, string>> = { search: word('search'), help: word('shortcuts'), theme: word('theme'), quiet: word('quiet') }

  const file = [
    own(word('newWindow'), 'CommandOrControl+Shift+N', deeds.newWindow),
    line,
    { label: word('openAddress'), click: deeds.openAddress },
    { label: word('useLocal'), visible: state.isRemote, click: deeds.useLocal },
    line,
    own(word('print'), 'CommandOrControl+P', deeds.print),
    line,
    { label: word('stayInTray'), type: 'checkbox', checked: state.stays, click: (item: { checked: boolean }) => deeds.setStaying(item.checked) },
    entry('quit', word('quit')),
  ] satisfies MenuItemConstructorOptions[]
  const view = [
    asking('theme', deed.theme),
    asking('quiet', deed.quiet),
    line,
    entry('reload', word('reload')),
    line,
    entry('resetZoom', word('actualSize')),
    entry('zoomIn', word('zoomIn')),
    entry('zoomOut', word('zoomOut')),
    line,
    entry('togglefullscreen', word('fullScreen')),
  ]
  if (!app.isPackaged) view.push(entry('toggleDevTools', word('developerTools')))
  const edit = [
    entry('undo', word('undo')),
    entry('redo', word('redo')),
    line,
    entry('cut', word('cut')),
    entry('copy', word('copy')),
    entry('paste', word('paste')),
    entry('selectAll', word('selectAll')),
  ]
  const windows = [
    { label: word('wall'), type: 'checkbox', checked: state.wallIsOpen, click: deeds.toggleWall },
    line,
    entry('minimize', word('minimize')),
    entry('close', word('close')),
  ] satisfies MenuItemConstructorOptions[]
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: word('fileMenu'), submenu: file },
      { label: word('editMenu'), submenu: edit },
      { label: word('goMenu'), submenu: [asking('search', deed.search), line, ...PLACES.map(({ id }) => asking(id, titles[id]))] },
      { label: word('viewMenu'), submenu: view },
      { label: word('windowMenu'), submenu: windows },
      { label: word('helpMenu'), submenu: [asking('help', deed.help)] },
    ]),
  )
}
