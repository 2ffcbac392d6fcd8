/** The longest sleep: a clock that was set, or a computer that slept, is noticed within it. */
const LONGEST_MS = 60_000
/** Difference between wall and running time that is called a jump. */
const JUMP_MS = 30_000

/**
 * Wakes at an instant of the wall clock. Node's timers count running time, which a set clock or a sleeping computer
 * leaves behind; so it sleeps a minute at most and looks at the wall clock anew each time.
 */
export class Alarm {
  readonly #clock: () => number
  readonly #ring: () => void
  readonly #jumped: (byMs: number) => void
  #timer: NodeJS.Timeout | undefined
  #setAt: { wall: number; running: number } | undefined

  /** @param ring called at the instant or up to a minute before: whoever is called looks what is due. */
  constructor(clock: () => number, ring: () => void, jumped: (byMs: number) => void = () => undefined) {
    this.#clock = clock
    this.#ring = ring
    this.#jumped = jumped
  }

  /** @param at UTC ms; undefined: nothing is waited for but a jump of the clock. */
  set(at: number | undefined): void {
    this.clear()
    const wall = this.#clock()
    this.#setAt = { wall, running: performance.now() }
    const wait = at === undefined ? LONGEST_MS : Math.min(LONGEST_MS, Math.max(0, at - wall))
    this.#timer = setTimeout(() => this.#wake(), wait)
    // It never keeps a program alive that has nothing else to do.
    this.#timer.unref()
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #wake(): void {
    const since = this.#setAt
    if (since) {
      const byMs = this.#clock() - since.wall - (performance.now() - since.running)
      if (Math.abs(byMs) > JUMP_MS) this.#jumped(Math.round(byMs))
    }
    this.#ring()
  }
}
