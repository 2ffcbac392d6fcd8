import type { Call, Frame, Reply, Subscription } from '../messages.ts'

/** The service center behind the windows: the own core, or one that runs already. Nothing here rejects. */
export interface Center {
  /** Where browsers reach it, such as `https://center.example.cn`; undefined: nowhere at the moment. */
  readonly address: string | undefined
  /** Without an answer the status is 0. */
  invoke(call: Call, token: string | undefined): Promise<Reply>
  /** Stores bytes; answers `{hash, size}`. */
  upload(bytes: ArrayBuffer, token: string | undefined): Promise<Reply>
  /** The bytes stored under a hash; null: they could not be had. */
  download(hash: string, token: string | undefined): Promise<ArrayBuffer | null>
  subscribe(subscription: Subscription, listener: (frame: Frame) => void): () => void
  stop(): Promise<void>
}
