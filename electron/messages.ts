/** What window, main process and core say to each other. */

export interface Call {
  readonly kind: 'command' | 'query'
  readonly name: string
  readonly input: unknown
  /** A command's identity, kept when it is sent again. */
  readonly id?: string | undefined
  /** When it happened, UTC ms, where that is not now. */
  readonly at?: number | undefined
}

export interface Reply {
  /** As in HTTP; 0: no answer came, the call may or may not have been done. */
  readonly status: number
  readonly body: unknown
}

export const NO_ANSWER: Reply = { status: 0, body: null }

/** What a subscriber gets: a message of a topic, or whether messages flow. `connected: true` says: ask anew. */
export type Frame = { readonly topic: string; readonly message: unknown } | { readonly connected: boolean }

/** What the service center's stream says; `reload`: too much changed to be told. */
export type Told = { readonly topic: string; readonly message: unknown } | { readonly topic: string; readonly reload: true }

export const frameOf = (told: Told): Frame => ('reload' in told ? { connected: true } : told)

export interface Subscription {
  readonly topics: readonly string[]
  readonly token: string | undefined
}

/** Why the core does not open the data folder. */
export interface FolderTrouble {
  readonly code: string
  readonly message: string
  /** Where a running service center holds it: how to reach that one. */
  readonly url?: string | undefined
}

/** What the core tells of itself when it is ready. */
export interface Opened {
  /** Its own HTTP address on this machine, also for the command line. */
  readonly url: string
  /** Of the administrator `admin`, made just now. */
  readonly firstPassword: string | undefined
}

export type ToCore =
  | { readonly type: 'invoke'; readonly ref: number; readonly call: Call; readonly token: string | undefined }
  | { readonly type: 'subscribe'; readonly ref: number; readonly subscription: Subscription }
  | { readonly type: 'unsubscribe'; readonly ref: number }
  | { readonly type: 'tick' }
  | { readonly type: 'stop' }

export type FromCore =
  | { readonly type: 'ready'; readonly opened: Opened }
  | { readonly type: 'trouble'; readonly trouble: FolderTrouble }
  | { readonly type: 'reply'; readonly ref: number; readonly reply: Reply }
  | { readonly type: 'frame'; readonly ref: number; readonly frame: Frame }
  /** When the alarm clock has to ring next, UTC ms; null: nothing is armed. */
  | { readonly type: 'nextDue'; readonly at: number | null }

/** IPC between a window and the main process. */
export const channels = {
  invoke: 'loopdesk:invoke',
  upload: 'loopdesk:upload',
  download: 'loopdesk:download',
  subscribe: 'loopdesk:subscribe',
  unsubscribe: 'loopdesk:unsubscribe',
  print: 'loopdesk:print',
  notify: 'loopdesk:notify',
  language: 'loopdesk:language',
  address: 'loopdesk:address',
  asked: 'loopdesk:asked',
  frame: 'loopdesk:frame',
} as const

/** What the menu, a link or a clicked message asks a page to do. */
export type Asked =
  | { readonly kind: 'order'; readonly ref: string }
  | { readonly kind: 'badLink' }
  /** A shortcut by its id, as if its key had been pressed. */
  | { readonly kind: 'do'; readonly id: string }

/** A message of the operating system. */
export interface SystemNotice {
  readonly title: string
  readonly body: string
  /** Opened by a click. */
  readonly order: string | null
}

/** A frame on its way to the subscriber of a window. */
export interface Delivery {
  readonly subscriber: number
  readonly frame: Frame
}
