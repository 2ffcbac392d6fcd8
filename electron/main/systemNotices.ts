import { BrowserWindow, Notification, type WebContents } from 'electron'
import type { SystemNotice } from '../messages.ts'

/** More than this within a minute are no news but noise, or a page that was taken over. */
const MOST_A_MINUTE = 12
const MINUTE_MS = 60_000

/** Messages of the operating system for what calls somebody; a click opens the order. */
export class SystemNotices {
  readonly #open: (window: BrowserWindow, order: string | null) => void
  /** Kept while they are shown: one that is collected is never clicked. */
  readonly #shown = new Set<Notification>()
  #lately: number[] = []

  constructor(open: (window: BrowserWindow, order: string | null) => void) {
    this.#open = open
  }

  show(contents: WebContents, { title, body, order }: SystemNotice): void {
    const window = BrowserWindow.fromWebContents(contents)
    const now = Date.now()
    this.#lately = this.#lately.filter((at) => at > now - MINUTE_MS)
    if (!window || this.#lately.length >= MOST_A_MINUTE || !Notification.isSupported()) return
    this.#lately.push(now)
    // The page sounds as the person chose.
    const notice = new Notification({ title, body, silent: true })
    this.#shown.add(notice)
    const done = (): void => void this.#shown.delete(notice)
    notice.on('click', () => {
      done()
      if (!window.isDestroyed()) this.#open(window, order)
    })
    notice.on('close', done)
    notice.on('failed', done)
    notice.show()
    if (!window.isFocused()) window.flashFrame(true)
  }
}
