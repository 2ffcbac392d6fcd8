import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { refusalMessage, type Locale } from '#shared/i18n/refusalMessage.ts'
import { channels, type Delivery, type Frame, type Reply, type SystemNotice } from '../messages.ts'
import { DESK, originOf } from './addresses.ts'
import { readCall, readHash, readLanguage, readNotice, readSubscription, readUnsubscription, readUpload } from './calls.ts'
import type { Center } from './center.ts'
import { isForWalls } from './wallNames.ts'

interface Listening {
  readonly topics: readonly string[]
  stop(): void
}

/** What the main process keeps for a window. */
interface Seat {
  /** Session token: the page never sees it. */
  token: string | undefined
  /** A wall display's: it looks at what is made for walls, and does nothing. */
  isWall: boolean
  readonly listening: Map<number, Listening>
}

/** What a window may ask of the program around it. */
export interface WindowDeeds {
  print(contents: WebContents): Promise<boolean>
  notify(contents: WebContents, notice: SystemNotice): void
  speak(language: Locale): void
  /** Where a browser reaches the service center. */
  address(): string | null
  /** The service center said where pictures of the map come from. */
  tiles(pattern: string): void
  /** Somebody signed in or out at a window. */
  sessionChanged(): void
}

/** After these a seat's messages are another person's, or nobody's. */
const CHANGE_OF_SESSION = new Set(['session.signIn', 'session.signOut', 'session.changePassword'])

/** Their answers name the tile server: it is the service center that lets a page reach it, never the page. */
const SHOWS_MAP = new Set(['dispatch.day', 'dispatch.week'])

/** Carries calls from windows to the service center, after looking at who sends what. */
export class Relay {
  readonly #center: () => Center
  readonly #deeds: WindowDeeds
  #locale: Locale
  #seats = new WeakMap<WebContents, Seat>()

  constructor(center: () => Center, locale: Locale, deeds: WindowDeeds) {
    this.#center = center
    this.#locale = locale
    this.#deeds = deeds
    ipcMain.handle(channels.invoke, (event, payload: unknown) => this.#invoke(event, payload))
    ipcMain.handle(channels.upload, (event, payload: unknown) => this.#upload(event, payload))
    ipcMain.handle(channels.download, (event, payload: unknown) => this.#download(event, payload))
    ipcMain.on(channels.subscribe, (event, payload: unknown) => this.#subscribe(event, payload))
    ipcMain.on(channels.unsubscribe, (event, payload: unknown) => {
      const subscriber = readUnsubscription(payload)
      if (isDesk(event) && subscriber !== undefined) this.#unsubscribe(event.sender, subscriber)
    })
    ipcMain.handle(channels.print, (event) => (this.#isDeskWindow(event) ? this.#deeds.print(event.sender) : false))
    ipcMain.handle(channels.address, (event) => (this.#isDeskWindow(event) ? this.#deeds.address() : null))
    ipcMain.on(channels.notify, (event, payload: unknown) => {
      const notice = readNotice(payload)
      if (this.#isDeskWindow(event) && notice) this.#deeds.notify(event.sender, notice)
    })
    ipcMain.on(channels.language, (event, payload: unknown) => {
      const language = readLanguage(payload)
      if (this.#isDeskWindow(event) && language) this.#deeds.speak(language)
    })
  }

  /** The language of refusals that are made here. */
  speak(locale: Locale): void {
    this.#locale = locale
  }

  /** A new window works under the session of the one that it was opened from. */
  share(from: WebContents, to: WebContents): void {
    this.#seatOf(to).token = this.#seatOf(from).token
  }
  tokenOf(contents: WebContents): string | undefined {
    return this.#seatOf(contents).token
  }
  /** From now on the window is a wall display. */
  seatWall(contents: WebContents, token: string | undefined): void {
    Object.assign(this.#seatOf(contents), { token, isWall: true })
  }
  /** Another service center knows none of the sessions. */
  endAllSessions(): void {
    this.#seats = new WeakMap()
    this.#deeds.sessionChanged()
  }

  /** The page of a window is gone or is being loaded anew: nobody listens any more. The session stays. */
  forgetSubscriptions(contents: WebContents): void {
    for (const subscriber of this.#seatOf(contents).listening.keys()) this.#unsubscribe(contents, subscriber)
  }

  async #invoke(event: IpcMainInvokeEvent, payload: unknown): Promise<Reply> {
    if (!isDesk(event)) return this.#refusal(403, 'originRefused')
    const read = readCall(payload)
    if ('code' in read) return this.#refusal(read.code === 'tooLarge' ? 413 : 400, read.code, read.name)
    const seat = this.#seatOf(event.sender)
    const { kind, name } = read.call
    if (seat.isWall && !isForWalls(kind, name)) return this.#refusal(403, 'forbidden', name)
    const reply = await this.#center().invoke(read.call, seat.token)
    return reply.status === 200 ? this.#follow(event.sender, read.call.name, reply) : reply
  }

  #upload(event: IpcMainInvokeEvent, payload: unknown): Promise<Reply> | Reply {
    if (!this.#isDeskWindow(event)) return this.#refusal(403, 'originRefused')
    const bytes = readUpload(payload)
    if (!bytes) return this.#refusal(400, 'badRequest')
    return this.#center().upload(bytes, this.#seatOf(event.sender).token)
  }

  #download(event: IpcMainInvokeEvent, payload: unknown): Promise<ArrayBuffer | null> | null {
    const hash = readHash(payload)
    if (!this.#isDeskWindow(event) || hash === undefined) return null
    return this.#center().download(hash, this.#seatOf(event.sender).token)
  }

  #subscribe(event: IpcMainEvent, payload: unknown): void {
    const wish = readSubscription(payload)
    if (!isDesk(event) || !wish) return
    const isOpen = !this.#seatOf(event.sender).isWall || wish.topics.every((topic) => isForWalls('topic', topic))
    if (isOpen) this.#listen(event.sender, wish.subscriber, wish.topics)
  }

  #listen(sender: WebContents, subscriber: number, topics: readonly string[]): void {
    this.#unsubscribe(sender, subscriber)
    const seat = this.#seatOf(sender)
    const deliver = (frame: Frame): void => {
      const delivery: Delivery = { subscriber, frame }
      if (!sender.isDestroyed()) sender.send(channels.frame, delivery)
    }
    const stop = this.#center().subscribe({ topics, token: seat.token }, deliver)
    seat.listening.set(subscriber, { topics, stop })
  }

  #unsubscribe(sender: WebContents, subscriber: number): void {
    const { listening } = this.#seatOf(sender)
    listening.get(subscriber)?.stop()
    listening.delete(subscriber)
  }

  /** A page that was taken over could send a token away; so it gets none. */
  #follow(sender: WebContents, name: string, reply: Reply): Reply {
    if (SHOWS_MAP.has(name)) this.#deeds.tiles(String((reply.body as { readonly tileUrl?: string }).tileUrl ?? ''))
    if (!CHANGE_OF_SESSION.has(name)) return reply
    const seat = this.#seatOf(sender)
    const body = reply.body as { readonly token?: string }
    if (name === 'session.signIn') seat.token = body.token
    if (name === 'session.signOut') seat.token = undefined
    for (const [subscriber, { topics }] of [...seat.listening]) this.#listen(sender, subscriber, topics)
    this.#deeds.sessionChanged()
    return name === 'session.signIn' ? { status: 200, body: { ...body, token: '' } } : reply
  }

  #seatOf(contents: WebContents): Seat {
    let seat = this.#seats.get(contents)
    if (!seat) this.#seats.set(contents, (seat = { token: undefined, isWall: false, listening: new Map() }))
    return seat
  }

  #isDeskWindow(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
    return isDesk(event) && !this.#seatOf(event.sender).isWall
  }

  #refusal(status: number, code: string, name = ''): Reply {
    const refusal = { code, params: { name, limit: '256 KB' } }
    return { status, body: { error: { ...refusal, message: refusalMessage(refusal, this.#locale) } } }
  }
}

/** Only the top frame of a window that shows the desk's own pages may speak. */
function isDesk({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && originOf(senderFrame.url) === DESK
}
