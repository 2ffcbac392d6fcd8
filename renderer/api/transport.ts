/** How the pages reach the service center: the preload bridge of the desktop program, or HTTP and a WebSocket. */
export interface Call {
  readonly kind: 'command' | 'query'
  readonly name: string
  readonly input: unknown
  /** A command's identity, made here and kept when the command is sent again. */
  readonly id?: string
  /** When it happened, UTC ms, where that is not now. */
  readonly at?: number
}

export interface Reply {
  /** As in HTTP; 0: no answer came. */
  readonly status: number
  readonly body: unknown
}

export interface Listener {
  message(topic: string, message: unknown): void
  /** `false` as soon as messages may be missed, `true` when they flow (again). */
  connected(connected: boolean): void
}

export interface Transport {
  invoke(call: Call): Promise<Reply>
  subscribe(topics: readonly string[], listener: Listener): () => void
  /** Stores bytes under their hash; answers like `invoke`. */
  upload(file: Blob): Promise<Reply>
  /** The bytes stored under a hash; null: they could not be had. */
  download(hash: string): Promise<Blob | null>
  /** Called when the service center ends the session by itself. */
  onSessionEnded(callback: () => void): void
  /** Tries at once what would be tried again later. */
  reconnect(): void
  /** The bearer token from now on; null: signed out. */
  signedIn(token: string | null): void
}
