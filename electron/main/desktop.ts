import { app, dialog, powerMonitor, screen, session, type Session } from 'electron'
import { join } from 'node:path'
import { tileOrigin } from '#shared/domain/dispatch/tiles.ts'
import type { DesktopWord } from '#shared/i18n/desktop.ts'
import type { Locale } from '#shared/i18n/refusalMessage.ts'
import type { FolderTrouble, Opened } from '../messages.ts'
import { AddressDialog } from './addressDialog.ts'
import { AlarmClock } from './alarmClock.ts'
import { BrokenCount } from './brokenCount.ts'
import type { Center } from './center.ts'
import { readLink } from './deepLink.ts'
import { DeskWindows } from './deskWindows.ts'
import { guardContents, guardSession } from './guards.ts'
import { setMenu } from './menu.ts'
import type { Choice, Notice } from './notice.ts'
import { NoticeBoard } from './noticeBoard.ts'
import type { Options } from './options.ts'
import { OwnCore } from './ownCore.ts'
import { PreferenceFile } from './preferences.ts'
import { servePages } from './protocol.ts'
import { Relay } from './relay.ts'
import { RunningCenter } from './runningCenter.ts'
import { SystemNotices } from './systemNotices.ts'
import { DeskTray } from './tray.ts'
import { WallAccess } from './wallAccess.ts'
import { WallWindow } from './wallWindow.ts'
import { wordsIn, type Words } from './words.ts'

const built = join(import.meta.dirname, '..')
const preload = join(built, 'preload', 'index.cjs')

interface Parts {
  readonly count: BrokenCount
  readonly relay: Relay
  readonly windows: DeskWindows
  readonly wall: WallWindow
  readonly access: WallAccess
  readonly dialogue: AddressDialog
  readonly tray: DeskTray
}

/** The desktop program: windows, tray and menu on one service center, the own one or one elsewhere. */
export class Desktop {
  readonly #options: Options
  readonly #preferences: PreferenceFile
  readonly #core: OwnCore
  readonly #alarmClock: AlarmClock
  readonly #notices: NoticeBoard
  #locale: Locale
  #word: Words
  #center: Center
  #parts: Parts | undefined
  /** What the wall's window asks with. */
  #wallToken: string | undefined
  /** Origin of the tile server that is set; empty: none. */
  #tiles = ''
  #isQuitting = false

  constructor(options: Options) {
    this.#options = options
    this.#preferences = new PreferenceFile(join(app.getPath('userData'), 'shell.json'))
    this.#locale = this.#preferences.values.language ?? options.locale
    this.#word = wordsIn(this.#locale)
    this.#notices = new NoticeBoard(this.#locale)
    const args = ['--data', options.data, '--locale', options.locale, ...(options.demo ? ['--demo'] : [])]
    this.#core = new OwnCore(join(import.meta.dirname, 'core-process.js'), args, {
      ready: (opened) => this.#coreReady(opened),
      trouble: (trouble) => this.#folderTrouble(trouble),
      gaveUp: () => this.#coreGaveUp(),
      nextDue: (at) => this.#alarmClock.setNextDue(at),
    })
    this.#alarmClock = new AlarmClock(() => this.#core.tick())
    const { center } = this.#preferences.values
    this.#center = center === undefined ? this.#core : new RunningCenter(center)
  }

  /** @param link what the program was started to open */
  start(link: string | undefined): void {
    const pages = session.fromPartition('persist:desk', { cache: false })
    guardSession(pages, () => this.#tiles)
    guardContents((contents, name, form) => this.#notices.choose(contents, name, form))
    servePages(pages, join(built, 'renderer'), (key) => this.#notices.page(key))
    // Timers that came due while the computer slept are swept at once.
    powerMonitor.on('resume', () => this.#alarmClock.ring())
    powerMonitor.on('unlock-screen', () => this.#alarmClock.ring())
    app.on('window-all-closed', () => {
      if (this.#preferences.values.staysInTray !== true) app.quit()
    })
    app.on('activate', () => this.focus())
    app.on('before-quit', (event) => this.#quit(event))
    this.#parts = this.#open(pages)
    if (this.#preferences.values.center === undefined) {
      this.#parts.windows.open(this.#starting())
      this.#core.start()
    } else {
      this.#parts.windows.open()
      void this.#reopenWall()
    }
    this.#draw()
    if (link !== undefined) this.openLink(link)
  }

  /** All that stands around the service center, which may change under it. */
  #open(pages: Session): Parts {
    const center = (): Center => this.#center
    const preferences = this.#preferences
    const count = new BrokenCount(center, (broken) => this.#parts?.tray.setCount(broken))
    const relay = new Relay(center, this.#locale, {
      print: (contents) => new Promise((resolve) => contents.print({ printBackground: true, pageSize: 'A4' }, (printed) => resolve(printed))),
      notify: (contents, notice) => systemNotices.show(contents, notice),
      speak: (language) => this.#speak(language),
      address: () => this.#center.address ?? null,
      tiles: (pattern) => (this.#tiles = tileOrigin(pattern)),
      sessionChanged: () => this.#sessionChanged(),
    })
    const windows: DeskWindows = new DeskWindows({
      session: pages,
      preload,
      stateFile: join(app.getPath('userData'), 'window.json'),
      relay,
      notices: this.#notices,
      word: (word, params) => this.#word(word, params),
    })
    const systemNotices = new SystemNotices((window, order) => {
      windows.focus(window)
      if (order !== null) windows.ask({ kind: 'order', ref: order }, window)
    })
    const wall = new WallWindow({
      session: pages,
      preload,
      desk: () => windows.front,
      seat: (window) => relay.seatWall(window.webContents, this.#wallToken),
      placed: (display) => preferences.change({ wall: { open: true, ...(display !== undefined && { display }) } }),
      closed: () => {
        if (!this.#isQuitting) preferences.change({ wall: { ...preferences.values.wall, open: false } })
        this.#draw()
      },
    })
    const address = (): string | undefined => preferences.values.center
    const access = new WallAccess({ center, address, data: this.#options.data, preferences, name: () => this.#word('wall') })
    const dialogue = new AddressDialog({ session: pages, notices: this.#notices, word: () => this.#word, chosen: (typed) => void this.#useCenter(typed) })
    const tray = new DeskTray(join(built, '..', 'resources', 'icons'), this.#word, this.#trayDeeds(), { stays: preferences.values.staysInTray === true, wallIsOpen: false })
    return { count, relay, windows, wall, access, dialogue, tray }
  }

  /** A second start of the program on the same folder, or a click beside the clock. */
  focus(): void {
    if (!this.#parts?.windows.front) this.#parts?.windows.open()
    this.#parts?.windows.focus()
  }

  /** `loopdesk://order/…`, from wherever it came. */
  openLink(link: string): void {
    const ref = readLink(link)
    this.focus()
    this.#parts?.windows.ask(ref === null ? { kind: 'badLink' } : { kind: 'order', ref })
  }

  #trayDeeds() {
    return {
      show: () => this.focus(),
      newWindow: () => this.#parts?.windows.open(),
      toggleWall: () => void this.#toggleWall(),
      setStaying: (staysInTray: boolean) => {
        this.#preferences.change({ staysInTray })
        this.#draw()
      },
    }
  }

  /** Menu and tray, as things stand. */
  #draw(): void {
    const stays = this.#preferences.values.staysInTray === true
    const wallIsOpen = this.#parts?.wall.isOpen === true
    const isRemote = this.#preferences.values.center !== undefined
    setMenu(this.#word, this.#locale, { isRemote, wallIsOpen, stays }, {
      ...this.#trayDeeds(),
      openAddress: () => this.#parts?.dialogue.open(this.#parts.windows.front, this.#preferences.values.center ?? ''),
      useLocal: () => void this.#useCenter(undefined),
      print: () => this.#parts?.windows.front?.webContents.print({ printBackground: true, pageSize: 'A4' }),
      ask: (id) => this.#parts?.windows.ask({ kind: 'do', id }),
    })
    // An application menu comes to every window; the wall's has none.
    this.#parts?.wall.window?.removeMenu()
    this.#parts?.tray.setState({ stays, wallIsOpen })
  }

  #speak(language: Locale): void {
    if (language === this.#locale) return
    this.#locale = language
    this.#word = wordsIn(language)
    this.#preferences.change({ language })
    this.#notices.speak(language)
    this.#parts?.relay.speak(language)
    this.#parts?.tray.speak(this.#word)
    this.#draw()
  }

  #sessionChanged(): void {
    if (!this.#parts) return
    const { windows, relay, count } = this.#parts
    count.follow(windows.all.map(({ webContents }) => relay.tokenOf(webContents)).find((token) => token !== undefined))
  }

  async #toggleWall(): Promise<void> {
    if (!this.#parts) return
    const { wall, windows, relay, access } = this.#parts
    if (wall.isOpen) return wall.close()
    const front = windows.front
    const token = await access.open(front && relay.tokenOf(front.webContents))
    if (token === undefined) return this.#say('wallSignIn', 'wallSignInText')
    this.#wallToken = token
    wall.open(this.#preferences.values.wall?.display)
    this.#draw()
    if (screen.getAllDisplays().length === 1) this.#say('wallHere', 'wallHereText')
  }

  /** It was open when the program ended. */
  async #reopenWall(): Promise<void> {
    if (this.#preferences.values.wall?.open !== true || this.#parts?.wall.isOpen === true) return
    const token = await this.#parts?.access.kept()
    if (token === undefined) return
    this.#wallToken = token
    this.#parts?.wall.open(this.#preferences.values.wall.display)
    this.#draw()
  }

  #say(message: DesktopWord, detail: DesktopWord): void {
    const front = this.#parts?.windows.front
    if (!front) return
    const buttons = [this.#word('understood')]
    void dialog.showMessageBox(front, { type: 'info', message: this.#word(message), detail: this.#word(detail), buttons })
  }

  /** Another service center behind every window; undefined: the own data folder. It is kept for the next start. */
  async #useCenter(address: string | undefined): Promise<void> {
    if (!this.#parts) return
    const { windows, wall, relay } = this.#parts
    wall.close()
    const before = this.#center
    this.#preferences.change({ center: address })
    this.#center = address === undefined ? this.#core : new RunningCenter(address)
    this.#tiles = ''
    relay.endAllSessions()
    if (address === undefined) {
      windows.show(this.#starting())
      this.#core.retry()
    } else windows.showDesk(true)
    this.#draw()
    await before.stop()
  }

  #coreReady({ firstPassword }: Opened): void {
    if (firstPassword !== undefined) {
      const begin: Choice = { name: 'begin', label: this.#word('begin'), choose: () => this.#parts?.windows.showDesk() }
      const text = this.#word('firstStartText', { password: firstPassword })
      return this.#parts?.windows.show({ title: this.#word('firstStart'), text, choices: [begin] })
    }
    if (this.#center === this.#core) this.#parts?.windows.showDesk()
    void this.#reopenWall()
  }

  #folderTrouble({ message, url }: FolderTrouble): void {
    const { choices, title } =
      url === undefined
        ? { choices: [this.#tryAgain()], title: this.#word('folderTrouble') }
        : { choices: [this.#openRunning(url)], title: this.#word('folderHeld') }
    this.#parts?.windows.show({ title, text: message, choices: [...choices, this.#quitChoice()] })
  }

  #coreGaveUp(): void {
    this.#parts?.windows.show({
      title: this.#word('coreGaveUp'),
      text: this.#word('coreGaveUpText', { folder: this.#options.data }),
      choices: [this.#tryAgain(), this.#quitChoice()],
    })
  }

  #starting(): Notice {
    const text = this.#word(this.#options.demo ? 'startingDemo' : 'startingText', { folder: this.#options.data })
    return { title: this.#word('starting'), text, choices: [] }
  }

  #tryAgain(): Choice {
    const choose = (): void => {
      this.#parts?.windows.show(this.#starting())
      this.#core.retry()
    }
    return { name: 'again', label: this.#word('tryAgain'), choose }
  }

  /** Of this start alone: next time the folder may be free. */
  #openRunning(url: string): Choice {
    const choose = (): void => {
      this.#center = new RunningCenter(url)
      this.#parts?.windows.showDesk()
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
    this.#parts?.count.stop()
    void Promise.all([this.#center.stop(), this.#core.stop()]).then(() => app.quit())
  }
}
