import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { refusalMessage, type Locale } from '#shared/i18n/refusalMessage.ts'
import { channels, type Delivery, type Frame, type Reply } from '../messages.ts'
import { DESK, originOf } from './addresses.ts'
import { readCall, readHash, readSubscription, readUnsubscription, readUpload } from './calls.ts'
import type { Center } from './center.ts'

interface Listening {
  readonly topics: readonly string[]
  stop(): void
}

/** What the main process keeps for a window. */
interface Seat {
  /** Session token: the page never sees it. */
  token: string | undefined
  readonly listening: Map<number, Listening>
}

/** After these a seat's messages are another person's, or nobody's. */
const CHANGE_OF_SESSION = new Set(['session.signIn', 'session.signOut', 'session.changePassword'])

/** Carries calls from windows to the service center, after looking at who sends what. */
export class Relay {
  readonly #center: () => Center
  readonly #locale: Locale
  readonly #seats = new WeakMap<WebContents, Seat>()

  constructor(center: () => Center, locale: Locale) {
    this.#center = center
    this.#locale = locale
    ipcMain.handle(channels.invoke, (event, payload: unknown) => this.#invoke(event, payload))
    ipcMain.handle(channels.upload, (event, payload: unknown) => this.#upload(event, payload))
    ipcMain.handle(channels.download, (event, payload: unknown) => this.#download(event, payload))
    ipcMain.on(channels.subscribe, (event, payload: unknown) => this.#subscribe(event, payload))
    ipcMain.on(channels.unsubscribe, (event, payload: unknown) => {
      const subscriber = readUnsubscription(payload)
      if (isDesk(event) && subscriber !== undefined) this.#unsubscribe(event.sender, subscriber)
    })
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
    const reply = await this.#center().invoke(read.call, seat.token)
    return reply.status === 200 ? this.#follow(event.sender, read.call.name, reply) : reply
  }

  #upload(event: IpcMainInvokeEvent, payload: unknown): Promise<Reply> | Reply {
    if (!isDesk(event)) return this.#refusal(403, 'originRefused')
    const bytes = readUpload(payload)
    if (!bytes) return this.#refusal(400, 'badRequest')
    return this.#center().upload(bytes, this.#seatOf(event.sender).token)
  }

  #download(event: IpcMainInvokeEvent, payload: unknown): Promise<ArrayBuffer | null> | null {
    const hash = readHash(payload)
    if (!isDesk(event) || hash === undefined) return null
    return this.#center().download(hash, this.#seatOf(event.sender).token)
  }

  #subscribe(event: IpcMainEvent, payload: unknown): void {
    const wish = readSubscription(payload)
    if (isDesk(event) && wish) this.#listen(event.sender, wish.subscriber, wish.topics)
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
    if (!CHANGE_OF_SESSION.has(name)) return reply
    const seat = this.#seatOf(sender)
    const body = reply.body as { readonly token?: string }
    if (name === 'session.signIn') seat.token = body.token
    if (name === 'session.signOut') seat.token = undefined
    for (const [subscriber, { topics }] of [...seat.listening]) this.#listen(sender, subscriber, topics)
    return name === 'session.signIn' ? { status: 200, body: { ...body, token: '' } } : reply
  }

  #seatOf(contents: WebContents): Seat {
    let seat = this.#seats.get(contents)
    if (!seat) this.#seats.set(contents, (seat = { token: undefined, listening: new Map() }))
    return seat
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
