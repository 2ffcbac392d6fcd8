import type { Call, Frame, Reply, Subscription } from '../messages.ts'

/** The service center behind the windows: the own core, or one that runs already. */
export interface Center {
  /** Never rejects: without an answer the status is 0. */
  invoke(call: Call, token: string | undefined): Promise<Reply>
  subscribe(subscription: Subscription, listener: (frame: Frame) => void): () => void
  stop(): Promise<void>
}
