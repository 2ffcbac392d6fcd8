import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { Words } from './words.ts'

export function setMenu(word: Words): void {
  const entry = (role: MenuItemConstructorOptions['role'], label: string): MenuItemConstructorOptions => ({ role, label })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const view = [
    entry('reload', word('reload')),
    line,
    entry('resetZoom', word('actualSize')),
    entry('zoomIn', word('zoomIn')),
    entry('zoomOut', word('zoomOut')),
    line,
    entry('togglefullscreen', word('fullScreen')),
  ]
  if (!app.isPackaged) view.push(entry('toggleDevTools', word('developerTools')))
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: word('fileMenu'), submenu: [entry('quit', word('quit'))] },
      {
        label: word('editMenu'),
        submenu: [
          entry('undo', word('undo')),
          entry('redo', word('redo')),
          line,
          entry('cut', word('cut')),
          entry('copy', word('copy')),
          entry('paste', word('paste')),
          entry('selectAll', word('selectAll')),
        ],
      },
      { label: word('viewMenu'), submenu: view },
      { label: word('windowMenu'), submenu: [entry('minimize', word('minimize')), entry('close', word('close'))] },
    ]),
  )
}
