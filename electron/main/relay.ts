import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { refusalMessage, type Locale } from '#shared/i18n/refusalMessage.ts'
import { channels, NO_ANSWER, type Delivery, type Reply } from '../messages.ts'
import { DESK } from './addresses.ts'
import { readCall, readSubscription, readUnsubscription } from './calls.ts'
import type { Center } from './center.ts'
import { originOf } from './guards.ts'

/** What the main process keeps for a window. */
interface Seat {
  /** Session token: the page never sees it. */
  token: string | undefined
  readonly subscriptions: Map<number, () => void>
}

/** Carries calls from windows to the service center, after looking at who sends what. */
export class Relay {
  readonly #center: () => Center | undefined
  readonly #locale: Locale
  readonly #seats = new WeakMap<WebContents, Seat>()

  constructor(center: () => Center | undefined, locale: Locale) {
    this.#center = center
    this.#locale = locale
    ipcMain.handle(channels.invoke, (event, payload: unknown) => this.#invoke(event, payload))
    ipcMain.on(channels.subscribe, (event, payload: unknown) => this.#subscribe(event, payload))
    ipcMain.on(channels.unsubscribe, (event, payload: unknown) => {
      const subscriber = readUnsubscription(payload)
      if (isDesk(event) && subscriber !== undefined) this.#unsubscribe(event.sender, subscriber)
    })
  }

  /** The page of a window is gone or is being loaded anew: nobody listens to its subscriptions any more. */
  forgetSubscriptions(contents: WebContents): void {
    const seat = this.#seats.get(contents)
    for (const stop of seat?.subscriptions.values() ?? []) stop()
    seat?.subscriptions.clear()
  }

  async #invoke(event: IpcMainInvokeEvent, payload: unknown): Promise<Reply> {
    if (!isDesk(event)) return this.#refusal(403, 'originRefused')
    const read = readCall(payload)
    if ('code' in read) return this.#refusal(read.code === 'tooLarge' ? 413 : 400, read.code, read.name)
    const seat = this.#seatOf(event.sender)
    const reply = (await this.#center()?.invoke(read.call, seat.token)) ?? NO_ANSWER
    return this.#keepToken(seat, read.call.name, reply)
  }

  #subscribe(event: IpcMainEvent, payload: unknown): void {
    const wish = readSubscription(payload)
    if (!isDesk(event) || !wish) return
    const { sender } = event
    const seat = this.#seatOf(sender)
    this.#unsubscribe(sender, wish.subscriber)
    const stop = this.#center()?.subscribe({ topics: wish.topics, token: seat.token }, (frame) => {
      const delivery: Delivery = { subscriber: wish.subscriber, frame }
      if (!sender.isDestroyed()) sender.send(channels.frame, delivery)
    })
    if (stop) seat.subscriptions.set(wish.subscriber, stop)
  }

  #unsubscribe(sender: WebContents, subscriber: number): void {
    const seat = this.#seatOf(sender)
    seat.subscriptions.get(subscriber)?.()
    seat.subscriptions.delete(subscriber)
  }

  /** A page that was taken over could send a token away; so it gets none. */
  #keepToken(seat: Seat, name: string, reply: Reply): Reply {
    if (reply.status !== 200) return reply
    if (name === 'session.signOut') seat.token = undefined
    if (name !== 'session.signIn') return reply
    const body = reply.body as { token: string }
    seat.token = body.token
    return { status: 200, body: { ...body, token: '' } }
  }

  #seatOf(contents: WebContents): Seat {
    let seat = this.#seats.get(contents)
    if (!seat) this.#seats.set(contents, (seat = { token: undefined, subscriptions: new Map() }))
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
