import { app, dialog, powerMonitor, session, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import type { FolderTrouble, Opened } from '../messages.ts'
import { DESK, NOTICE } from './addresses.ts'
import { AlarmClock } from './alarmClock.ts'
import type { Center } from './center.ts'
import { createDeskWindow } from './deskWindow.ts'
import { guardContents, guardSession } from './guards.ts'
import { setMenu } from './menu.ts'
import { noticeHtml, type Choice, type Notice } from './notice.ts'
import type { Options } from './options.ts'
import { OwnCore } from './ownCore.ts'
import { servePages } from './protocol.ts'
import { Relay } from './relay.ts'
import { RunningCenter } from './runningCenter.ts'
import { wordsIn, type Words } from './words.ts'

const built = join(import.meta.dirname, '..')
/** A page that ends more often than this within a minute is not loaded again by itself. */
const MOST_PAGE_ENDS = 3

/** The desktop program: one window on one service center. */
export class Desktop {
  readonly #options: Options
  readonly #word: Words
  readonly #core: OwnCore
  readonly #alarmClock: AlarmClock
  #center: Center
  #window: BrowserWindow | undefined
  #relay: Relay | undefined
  #notice: Notice
  #pageEnds: number[] = []
  #isQuitting = false

  constructor(options: Options) {
    this.#options = options
    this.#word = wordsIn(options.locale)
    this.#notice = this.#starting()
    const args = ['--data', options.data, '--locale', options.locale, ...(options.demo ? ['--demo'] : [])]
    this.#core = new OwnCore(join(import.meta.dirname, 'core-process.js'), args, {
      ready: (opened) => this.#coreReady(opened),
      trouble: (trouble) => this.#folderTrouble(trouble),
      gaveUp: () => this.#coreGaveUp(),
      nextDue: (at) => this.#alarmClock.setNextDue(at),
    })
    this.#alarmClock = new AlarmClock(() => this.#core.tick())
    this.#center = this.#core
  }

  start(): void {
    const pages = session.fromPartition('persist:desk', { cache: false })
    guardSession(pages)
    guardContents((name) => this.#notice.choices.find((choice) => choice.name === name)?.choose())
    servePages(pages, join(built, 'renderer'), () => noticeHtml(this.#notice, this.#options.locale))
    setMenu(this.#word)
    this.#relay = new Relay(() => this.#center, this.#options.locale)
    // Timers that came due while the computer slept are swept at once.
    powerMonitor.on('resume', () => this.#alarmClock.ring())
    powerMonitor.on('unlock-screen', () => this.#alarmClock.ring())
    app.on('window-all-closed', () => app.quit())
    app.on('before-quit', (event) => this.#quit(event))

    this.#window = createDeskWindow({
      session: pages,
      preload: join(built, 'preload', 'index.cjs'),
      stateFile: join(app.getPath('userData'), 'window.json'),
    })
    const { webContents } = this.#window
    webContents.on('did-navigate', () => this.#relay?.forgetSubscriptions(webContents))
    webContents.on('render-process-gone', (_event, { reason }) => {
      // Loading from within this event ends the whole program.
      if (reason !== 'clean-exit') setImmediate(() => this.#pageEnded())
    })
    this.#show(this.#notice)
    this.#core.start()
  }

  /** A second start of the program on the same folder. */
  focus(): void {
    if (this.#window?.isMinimized()) this.#window.restore()
    this.#window?.show()
    this.#window?.focus()
  }

  #showDesk(): void {
    void this.#window?.loadURL(`${DESK}/`)
  }

  #show(notice: Notice): void {
    this.#notice = notice
    void this.#window?.loadURL(`${NOTICE}/`)
  }

  #coreReady({ firstPassword }: Opened): void {
    const isShown = this.#window?.webContents.getURL().startsWith(`${DESK}/`)
    if (firstPassword !== undefined) {
      const begin: Choice = { name: 'begin', label: this.#word('begin'), choose: () => this.#showDesk() }
      this.#show({
        title: this.#word('firstStart'),
        text: this.#word('firstStartText', { password: firstPassword }),
        choices: [begin],
      })
    } else if (!isShown) this.#showDesk()
  }

  #folderTrouble({ message, url }: FolderTrouble): void {
    const { choices, title } =
      url === undefined
        ? { choices: [this.#tryAgain()], title: this.#word('folderTrouble') }
        : { choices: [this.#openRunning(url)], title: this.#word('folderHeld') }
    this.#show({ title, text: message, choices: [...choices, this.#quitChoice()] })
  }

  #coreGaveUp(): void {
    this.#show({
      title: this.#word('coreGaveUp'),
      text: this.#word('coreGaveUpText', { folder: this.#options.data }),
      choices: [this.#tryAgain(), this.#quitChoice()],
    })
  }

  #pageEnded(): void {
    const now = Date.now()
    this.#pageEnds = [...this.#pageEnds.filter((at) => at > now - 60_000), now]
    if (this.#window) this.#relay?.forgetSubscriptions(this.#window.webContents)
    const text = this.#word('pageGoneText')
    if (this.#pageEnds.length > MOST_PAGE_ENDS) {
      const again: Choice = { name: 'again', label: this.#word('tryAgain'), choose: () => this.#showDesk() }
      return this.#show({ title: this.#word('pageKeepsFailing'), text, choices: [again, this.#quitChoice()] })
    }
    this.#showDesk()
    if (!this.#window) return
    const message = this.#word('pageGone')
    void dialog.showMessageBox(this.#window, { type: 'info', message, detail: text, buttons: [this.#word('understood')] })
  }

  #starting(): Notice {
    const text = this.#word(this.#options.demo ? 'startingDemo' : 'startingText', { folder: this.#options.data })
    return { title: this.#word('starting'), text, choices: [] }
  }

  #tryAgain(): Choice {
    const choose = (): void => {
      this.#show(this.#starting())
      this.#core.retry()
    }
    return { name: 'again', label: this.#word('tryAgain'), choose }
  }

  #openRunning(url: string): Choice {
    const choose = (): void => {
      this.#center = new RunningCenter(url)
      this.#showDesk()
    }
    return { name: 'running', label: this.#word('openRunning'), choose }
  }

  #quitChoice(): Choice {
    return { name: 'quit', label: this.#word('quit'), choose: () => app.quit() }
  }

  /** The core closes its folder before the program ends. */
  #quit(event: Electron.Event): void {
    if (this.#isQuitting) return
    event.preventDefault()
    this.#isQuitting = true
    this.#alarmClock.stop()
    void Promise.all([this.#center.stop(), this.#core.stop()]).then(() => app.quit())
  }
}
