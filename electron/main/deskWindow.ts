import { app, BrowserWindow, nativeTheme, screen, type Session, type WebPreferences } from 'electron'
import { readWindowState, writeWindowState } from './windowState.ts'

const DEFAULT_SIZE = { width: 1440, height: 900 }
const SMALLEST = { minWidth: 960, minHeight: 600 }
/** A further window stands beside the first, so that both are seen. */
const BESIDE = 32

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

/** @param preload absent: a message, which talks to nobody */
export const safely = (session: Session, preload?: string): WebPreferences => ({
  ...SAFE,
  session,
  ...(preload !== undefined && { preload }),
  devTools: !app.isPackaged,
})
/** The pages' own paper, so that nothing flashes while they load. */
export const paper = (): string => (nativeTheme.shouldUseDarkColors ? '#0f1514' : '#f4f6f5')

export interface DeskWindowOptions {
  readonly session: Session
  readonly preload: string
  /** Where the window was is remembered here. */
  readonly stateFile: string
  /** A further window beside this one. */
  readonly beside?: BrowserWindow | undefined
}

export function createDeskWindow({ session, preload, stateFile, beside }: DeskWindowOptions): BrowserWindow {
  const state = readWindowState(stateFile, screen.getAllDisplays().map((display) => display.workArea))
  const [x, y] = beside?.getPosition() ?? []
  const place = x !== undefined && y !== undefined ? { x: x + BESIDE, y: y + BESIDE } : state && { x: state.x, y: state.y }
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...(state && { width: state.width, height: state.height }),
    ...place,
    ...SMALLEST,
    title: 'Loopdesk',
    show: false,
    backgroundColor: paper(),
    webPreferences: safely(session, preload),
  })
  if (state?.maximized && !beside) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
  return window
}
