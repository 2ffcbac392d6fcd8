/** Entries of several columns, any number an order; those of one order can be taken out again. */
export class Lists<Column extends string> {
  readonly columns: Readonly<Record<Column, Float64Array>>
  /** Whose entry it is, by the row of the order; −1: taken out. */
  readonly owner: Int32Array
  readonly #next: Int32Array
  readonly #first: Int32Array
  #length = 0

  constructor(names: readonly Column[], capacity: number, orders: number) {
    this.columns = Object.fromEntries(names.map((name) => [name, new Float64Array(capacity)])) as Record<Column, Float64Array>
    this.owner = new Int32Array(capacity)
    this.#next = new Int32Array(capacity)
    this.#first = new Int32Array(orders).fill(-1)
  }

  get length(): number {
    return this.#length
  }

  /** False: there is no room left. */
  add(order: number, entry: Readonly<Record<Column, number>>): boolean {
    const at = this.#length
    if (at === this.owner.length) return false
    this.#length += 1
    this.owner[at] = order
    this.#next[at] = this.#first[order] as number
    this.#first[order] = at
    for (const name in entry) this.columns[name][at] = entry[name]
    return true
  }

  clear(order: number): void {
    for (let at = this.#first[order] as number; at >= 0; at = this.#next[at] as number) this.owner[at] = -1
    this.#first[order] = -1
  }

  get bytes(): number {
    return (Object.values(this.columns).length * 8 + 8) * this.owner.length + 4 * this.#first.length
  }
}
