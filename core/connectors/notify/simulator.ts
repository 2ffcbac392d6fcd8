import type { Message, NotifyPort } from './channel.ts'

/** A receiver for tests and demonstrations that fails as told and keeps what arrived. */
export interface SimulatedChannel extends NotifyPort {
  readonly received: readonly Message[]
  /** The next `count` messages are lost; with `arriving` they arrive, but the answer is lost. */
  fail(count: number, arriving?: boolean): void
}

export function simulatedChannel(): SimulatedChannel {
  const received: Message[] = []
  let failures = 0
  let arrive = false
  return {
    received,
    fail(count, arriving = false) {
      failures = count
      arrive = arriving
    },
    send(message): Promise<void> {
      const fails = failures > 0
      if (fails) failures -= 1
      if (!fails || arrive) received.push(message)
      return fails ? Promise.reject(new Error('the receiver did not answer')) : Promise.resolve()
    },
  }
}
