import { BrowserWindow, screen, type Session } from 'electron'
import { DESK } from './addresses.ts'
import { safely } from './deskWindow.ts'
import { wallScreen } from './wallPlace.ts'

const AS_WINDOW = { width: 1280, height: 720 }

export interface WallWindowParts {
  readonly session: Session
  readonly preload: string
  /** The desk in front: the wall takes another display. */
  readonly desk: () => BrowserWindow | undefined
  /** Its page is about to load: it is given its seat. */
  readonly seat: (window: BrowserWindow) => void
  /** On which display it stands now; undefined: in a window on the only one. */
  readonly placed: (display: number | undefined) => void
  /** A person closed it. */
  readonly closed: () => void
}

/** The wall display: full screen on the second display, wherever that goes and comes back. */
export class WallWindow {
  readonly #parts: WallWindowParts
  #window: BrowserWindow | undefined
  #remembered: number | undefined

  constructor(parts: WallWindowParts) {
    this.#parts = parts
    screen.on('display-added', () => this.#place())
    screen.on('display-removed', () => this.#place())
    screen.on('display-metrics-changed', () => this.#place())
  }

  get isOpen(): boolean {
    return this.#window !== undefined
  }
  get window(): BrowserWindow | undefined {
    return this.#window
  }

  /** @param display where it was last */
  open(display?: number): void {
    this.#remembered = display ?? this.#remembered
    if (this.#window) return this.#window.focus()
    const window = new BrowserWindow({
      ...AS_WINDOW,
      title: 'Loopdesk',
      show: false,
      backgroundColor: '#0f1514',
      webPreferences: { ...safely(this.#parts.session, this.#parts.preload), backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required' },
    })
    this.#window = window
    // The wall has no menu: Alt in front of it must show nothing.
    window.removeMenu()
    this.#parts.seat(window)
    window.once('ready-to-show', () => this.#place())
    window.on('closed', () => {
      this.#window = undefined
      this.#parts.closed()
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      // A wall has nobody to ask: it comes back by itself, a little later.
      if (reason !== 'clean-exit') setTimeout(() => this.#load(), 2_000)
    })
    this.#load()
  }

  close(): void {
    this.#window?.close()
  }

  #load(): void {
    if (this.#window && !this.#window.isDestroyed()) void this.#window.loadURL(`${DESK}/wall`)
  }

  /** Also after displays came and went; without a second one it waits as a window, out of the desk's way. */
  #place(): void {
    const window = this.#window
    if (!window || window.isDestroyed()) return
    const desk = this.#parts.desk()
    const own = desk ? screen.getDisplayMatching(desk.getBounds()) : screen.getPrimaryDisplay()
    const target = wallScreen(screen.getAllDisplays(), own.id, this.#remembered)
    if (target) {
      this.#remembered = target.id
      if (window.isFullScreen() && screen.getDisplayMatching(window.getBounds()).id === target.id) return
      window.setFullScreen(false)
      window.setBounds(target.bounds)
      window.setFullScreen(true)
      window.showInactive()
    } else {
      const wasFull = window.isFullScreen()
      window.setFullScreen(false)
      window.setSize(AS_WINDOW.width, AS_WINDOW.height)
      window.center()
      // Its display was pulled out: it must not cover the desk's.
      if (wasFull) window.minimize()
      else window.showInactive()
    }
    this.#parts.placed(target?.id)
  }
}
