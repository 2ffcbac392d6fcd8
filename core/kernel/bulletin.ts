import type * as z from 'zod'
import type { TopicContract } from '#shared/contract/define.ts'

type Listener = (topic: string, message: object) => void

/** What listeners of a topic are told though no event says it: local things that the log does not hold. */
export class Bulletin {
  readonly #listeners = new Set<Listener>()

  tell<C extends TopicContract>(contract: C, message: z.infer<C['message']> & object): void {
    for (const listener of this.#listeners) listener(contract.name, message)
  }

  /** @returns how to stop */
  onTold(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
