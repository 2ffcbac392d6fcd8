import { app, dialog, type BrowserWindow, type WebContents } from 'electron'
import { channels, type Asked } from '../messages.ts'
import { DESK } from './addresses.ts'
import { createDeskWindow, type DeskWindowOptions } from './deskWindow.ts'
import type { Choice, Notice } from './notice.ts'
import { showsNotice, type NoticeBoard } from './noticeBoard.ts'
import type { Relay } from './relay.ts'
import type { Words } from './words.ts'

/** A page that ends more often than this within a minute is not loaded again by itself. */
const MOST_PAGE_ENDS = 3

interface View {
  readonly window: BrowserWindow
  /** Where its page was last, to come back to it. */
  page: string
  /** When its page ended by itself, ms. */
  ends: number[]
  /** Asked of a page that was not there yet. */
  asked: Asked[]
}

export interface DeskWindowsParts extends Omit<DeskWindowOptions, 'beside'> {
  readonly relay: Relay
  readonly notices: NoticeBoard
  readonly word: Words
}

/** The windows of the desk: as many as one likes, each with its own page, all on one service center. */
export class DeskWindows {
  readonly #parts: DeskWindowsParts
  /** The last that had the focus stands last. */
  readonly #views: View[] = []

  constructor(parts: DeskWindowsParts) {
    this.#parts = parts
  }

  /** @param notice what fills it; absent: the desk, under the session of the window in front */
  open(notice?: Notice): void {
    const { relay, notices } = this.#parts
    const front = this.front
    const window = createDeskWindow({ ...this.#parts, beside: front })
    const view: View = { window, page: `${DESK}/`, ends: [], asked: [] }
    this.#views.push(view)
    if (front) relay.share(front.webContents, window.webContents)
    this.#watch(view)
    if (notice) notices.show(window.webContents, notice)
    else this.#load(view)
  }

  get front(): BrowserWindow | undefined {
    return this.#views.at(-1)?.window
  }
  get all(): readonly BrowserWindow[] {
    return this.#views.map(({ window }) => window)
  }

  /** Brings a window up, whatever became of it. */
  focus(window = this.front): void {
    if (window?.isMinimized()) window.restore()
    window?.show()
    window?.focus()
  }

  /** Of the window in front, or of another one; as soon as its page is there. */
  ask(asked: Asked, of: BrowserWindow | undefined = this.front): void {
    const view = this.#views.find(({ window }) => window === of)
    if (!view) return
    const { webContents } = view.window
    const isThere = webContents.getURL().startsWith(`${DESK}/`) && !webContents.isLoadingMainFrame()
    if (isThere) webContents.send(channels.asked, asked)
    else view.asked.push(asked)
  }

  /** Fills every window of the desk. */
  show(notice: Notice): void {
    for (const { window } of this.#views) this.#parts.notices.show(window.webContents, notice)
  }
  /** The desk comes back where a message stood. @param anew every page is loaded, for another service center */
  showDesk(anew = false): void {
    for (const view of this.#views) {
      if (anew) view.page = `${DESK}/`
      if (anew || showsNotice(view.window.webContents) || view.window.webContents.getURL() === '') this.#load(view)
    }
  }

  #load(view: View): void {
    void view.window.loadURL(view.page)
  }

  #watch(view: View): void {
    const { window } = view
    const { webContents } = window
    const note = (): void => {
      const url = webContents.getURL()
      if (url.startsWith(`${DESK}/`)) view.page = url
    }
    webContents.on('did-navigate', () => {
      this.#parts.relay.forgetSubscriptions(webContents)
      note()
    })
    webContents.on('did-navigate-in-page', note)
    webContents.on('dom-ready', () => this.#tell(view, webContents))
    webContents.on('render-process-gone', (_event, { reason }) => {
      // Loading from within this event ends the whole program.
      if (reason !== 'clean-exit') setImmediate(() => this.#pageEnded(view))
    })
    window.on('unresponsive', () => void this.#stuck(view))
    window.on('focus', () => this.#toFront(view))
    window.on('closed', () => this.#views.splice(this.#views.indexOf(view), 1))
  }

  #tell(view: View, contents: WebContents): void {
    if (!contents.getURL().startsWith(`${DESK}/`)) return
    for (const asked of view.asked.splice(0)) contents.send(channels.asked, asked)
  }

  #toFront(view: View): void {
    const at = this.#views.indexOf(view)
    if (at >= 0) this.#views.push(...this.#views.splice(at, 1))
  }

  #pageEnded(view: View): void {
    if (view.window.isDestroyed()) return
    const { word, notices, relay } = this.#parts
    const now = Date.now()
    view.ends = [...view.ends.filter((at) => at > now - 60_000), now]
    relay.forgetSubscriptions(view.window.webContents)
    const text = word('pageGoneText')
    if (view.ends.length > MOST_PAGE_ENDS) {
      const again: Choice = { name: 'again', label: word('tryAgain'), choose: () => this.#load(view) }
      const quit: Choice = { name: 'quit', label: word('quit'), choose: () => app.quit() }
      return notices.show(view.window.webContents, { title: word('pageKeepsFailing'), text, choices: [again, quit] })
    }
    this.#load(view)
    const buttons = [word('understood')]
    void dialog.showMessageBox(view.window, { type: 'info', message: word('pageGone'), detail: text, buttons })
  }

  async #stuck({ window }: View): Promise<void> {
    const { word } = this.#parts
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: word('pageStuck'),
      detail: word('pageStuckText'),
      buttons: [word('wait'), word('reload')],
    })
    // Its end loads it anew, with the same care as any other.
    if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
  }
}
