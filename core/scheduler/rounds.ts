import type { Pipeline } from '../kernel/pipeline.ts'
import { Alarm } from './alarm.ts'

type Touched = Parameters<Parameters<Pipeline['onCommitted']>[0]>[0]

export interface RoundsParts {
  readonly pipeline: Pipeline
  readonly clock: () => number
  /** When there is something to do next, UTC ms; undefined: nothing is waited for. */
  readonly next: () => number | undefined
  /** Does all that is due; what it awaits may end after a stop, so it asks `goesOn` before it touches the data again. */
  readonly work: (goesOn: () => boolean) => Promise<void>
  /** Told of every commit; whether it may have changed what is due next. */
  readonly concerns?: (touched: Touched) => boolean
  readonly jumped?: (byMs: number) => void
}

/** What is done by itself when its time comes: one round at a time, woken by the clock, by commits and by hand. */
export class Rounds {
  readonly #parts: RoundsParts
  readonly #alarm: Alarm
  #stop: (() => void) | undefined
  #round: Promise<void> | undefined
  #again = false

  constructor(parts: RoundsParts) {
    this.#parts = parts
    this.#alarm = new Alarm(parts.clock, () => this.tick(), parts.jumped)
  }

  start(): void {
    if (this.#stop) return
    const { pipeline, concerns = () => true } = this.#parts
    this.#stop = pipeline.onCommitted((touched) => {
      const isNews = concerns(touched)
      if (isNews && !this.#round) this.#setAlarm()
    })
    this.tick()
  }

  /** No new piece of work begins after it returns; what is left is done after the next start. */
  stop(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#alarm.clear()
  }

  /** Looks what is due: the alarm rang, the computer woke up, the desktop program's own clock ticked. */
  tick(): void {
    if (!this.#stop) return
    this.#again = true
    this.#round ??= this.#run()
  }

  /** Settles when nothing that is due is left undone. */
  async idle(): Promise<void> {
    await this.#round
  }

  async #run(): Promise<void> {
    try {
      while (this.#stop && this.#again) {
        this.#again = false
        await this.#parts.work(() => this.#stop !== undefined)
      }
    } finally {
      this.#round = undefined
      if (this.#stop) this.#setAlarm()
    }
  }

  #setAlarm(): void {
    this.#alarm.set(this.#parts.next())
  }
}
