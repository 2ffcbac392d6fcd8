import type { NotificationKind } from '#shared/contract/notification.ts'

export type Channel = 'chat' | 'sms' | 'console'

/** What is stored to be sent: no text and no number; the connector looks both up when it sends. */
export interface Payload {
  readonly kind: NotificationKind | 'survey'
  readonly order: string | null
  readonly params: Readonly<Record<string, string | number>>
}

export interface Message {
  /** The same on every try: a receiver that knows it has had the message already. */
  readonly key: string
  readonly channel: Channel
  /** A user's id; `contact:` and an order: whoever is called there. */
  readonly recipient: string
  readonly number: string | null
  readonly payload: Payload
}

/** A way out of the house. Rejects when the message did not arrive for certain; it is then sent again. */
export interface NotifyPort {
  send(message: Message): Promise<void>
}
