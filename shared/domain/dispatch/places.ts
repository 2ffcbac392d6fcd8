/** No way: longer than any horizon, yet a number that can be added up. */
const NO_WAY = 1e15

/** The places that a problem speaks of, numbered from 0; each way is asked once. Nowhere is 0 ms from everywhere. */
export class Places {
  readonly #ask: (from: number, to: number) => number
  readonly #index = new Map<number | undefined, number>()

  constructor(ask: (from: number, to: number) => number) {
    this.#ask = ask
  }

  get size(): number {
    return this.#index.size
  }

  of(place: number | undefined): number {
    const known = this.#index.get(place)
    if (known !== undefined) return known
    this.#index.set(place, this.#index.size)
    return this.#index.size - 1
  }

  ms(from: number, to: number): number {
    if (from === to) return 0
    const ms = this.#ask(from, to)
    return ms >= 0 && ms < NO_WAY ? ms : NO_WAY
  }

  /** ms row by row of where one comes from, and the same turned. */
  matrix(): { time: Float64Array; back: Float64Array } {
    const all = [...this.#index.keys()]
    const time = new Float64Array(all.length * all.length)
    const back = new Float64Array(all.length * all.length)
    all.forEach((from, i) => {
      all.forEach((to, j) => {
        const ms = from === undefined || to === undefined ? 0 : this.ms(from, to)
        time[i * all.length + j] = ms
        back[j * all.length + i] = ms
      })
    })
    return { time, back }
  }
}
