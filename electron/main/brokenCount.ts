import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Center } from './center.ts'

/** A burst of changes is counted once. */
const GATHER_MS = 3_000

type Counts = QueryOutput['promise.counts']

/**
 * How many promises are broken, as the person signed in may know it; undefined: nobody is, or it is not known.
 * Asked when the board changes, which it does when a promise passes, and never by the clock: asking would keep the
 * session of an empty chair alive.
 */
export class BrokenCount {
  readonly #center: () => Center
  readonly #tell: (count: number | undefined) => void
  #token: string | undefined
  #stop: (() => void) | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(center: () => Center, tell: (count: number | undefined) => void) {
    this.#center = center
    this.#tell = tell
  }

  /** Counts under this session from now on. */
  follow(token: string | undefined): void {
    this.stop()
    this.#token = token
    if (token === undefined) return this.#tell(undefined)
    this.#stop = this.#center().subscribe({ topics: ['board'], token }, () => this.#soon())
    void this.#count()
  }

  stop(): void {
    this.#stop?.()
    this.#stop = undefined
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#count()
    }, GATHER_MS)
  }

  async #count(): Promise<void> {
    const token = this.#token
    const { status, body } = await this.#center().invoke({ kind: 'query', name: 'promise.counts', input: {} }, token)
    if (token !== this.#token) return
    this.#tell(status === 200 ? (body as Counts).broken : undefined)
  }
}
