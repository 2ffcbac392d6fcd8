import { app, BrowserWindow, screen, type Session, type WebPreferences } from 'electron'
import { readWindowState, writeWindowState } from './windowState.ts'

const DEFAULT_SIZE = { width: 1440, height: 900 }
const SMALLEST = { minWidth: 960, minHeight: 600 }

/** Everything that Electron's checklist asks for, said even where it is the default: defaults have changed before. */
const SAFE = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // A spelling dictionary would be downloaded.
  spellcheck: false,
} as const satisfies WebPreferences

export interface DeskWindowOptions {
  readonly session: Session
  readonly preload: string
  /** Where the window was is remembered here. */
  readonly stateFile: string
}

export function createDeskWindow({ session, preload, stateFile }: DeskWindowOptions): BrowserWindow {
  const state = readWindowState(stateFile, screen.getAllDisplays().map((display) => display.workArea))
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...(state && { x: state.x, y: state.y, width: state.width, height: state.height }),
    ...SMALLEST,
    title: 'Loopdesk',
    show: false,
    autoHideMenuBar: true,
    webPreferences: { ...SAFE, session, preload, devTools: !app.isPackaged },
  })
  if (state?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
  return window
}
