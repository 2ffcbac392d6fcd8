import type { NotificationKind } from '#shared/contract/notification.ts'

export type Params = Readonly<Record<string, string | number>>

/** What an event has to tell, to whom, and through which channels beside the program's own. */
export interface News {
  readonly kind: NotificationKind
  readonly users: readonly { readonly user: string; readonly insteadOf?: string }[]
  readonly params: Params
  readonly channels: readonly ('chat' | 'sms')[]
}
