/**
 * Chance that repeats itself: the same seed and the same path of names give the same numbers on every machine
 * (sfc32, seeded by a hash of both). Each order draws from a stream of its own, so that one more draw in one order
 * changes no other.
 */
export class Random {
  readonly #path: string
  #a: number
  #b: number
  #c: number
  #d = 1

  constructor(path: string) {
    this.#path = path
    this.#a = hashOf(path, 0x9e3779b9)
    this.#b = hashOf(path, 0x243f6a88)
    this.#c = hashOf(path, 0xb7e15162)
    for (let i = 0; i < 12; i++) this.next()
  }

  fork(name: string | number): Random {
    return new Random(`${this.#path}/${name}`)
  }

  /** 0 ≤ x < 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  /** from ≤ x < to. */
  between(from: number, to: number): number {
    return from + this.next() * (to - from)
  }

  /** Whole, both ends in. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  weighted<Item extends { readonly weight: number }>(items: readonly Item[]): Item {
    let left = this.next() * items.reduce((sum, item) => sum + item.weight, 0)
    for (const item of items) {
      left -= item.weight
      if (left < 0) return item
    }
    return items[items.length - 1] as Item
  }

  /** Times of human work: many short, a few very long. `spread` 0.5 is tame, 1 is wild. */
  around(middle: number, spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
    return middle * Math.exp(normal * spread)
  }
}

/** FNV-1a with another start. */
function hashOf(text: string, start: number): number {
  let hash = start
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}
