/** A computer that slept or whose clock was set is noticed at the latest after this time. */
const LOOK_EVERY_MS = 30_000

/**
 * The alarm clock of the SLA scheduler. It stands in the main process, which hears when the computer wakes; the core
 * sweeps when it rings. It rings when something is due, never oftener than once a second, and at once on `ring`.
 */
export class AlarmClock {
  readonly #onRing: () => void
  #dueAt: number | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(onRing: () => void) {
    this.#onRing = onRing
  }

  /** @param at UTC ms; null: nothing is due */
  setNextDue(at: number | null): void {
    this.#dueAt = at
    this.#wind()
  }

  ring(): void {
    this.#onRing()
    this.#wind(1000)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#dueAt = null
  }

  #wind(notBefore = 0): void {
    clearTimeout(this.#timer)
    if (this.#dueAt === null) return
    // Short waits: a timer counts time awake, not the time of day.
    const wait = Math.min(Math.max(this.#dueAt - Date.now(), notBefore), LOOK_EVERY_MS)
    this.#timer = setTimeout(() => (this.#isDue() ? this.ring() : this.#wind()), wait)
  }

  #isDue(): boolean {
    return this.#dueAt !== null && this.#dueAt <= Date.now()
  }
}
