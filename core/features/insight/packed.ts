import type Database from 'better-sqlite3'
import { DIMENSIONS, type Dimension } from '#shared/domain/insight/facts.ts'
import { RATED, type RatedPiece } from '#shared/domain/perceivedTime/pieces.ts'
import { readSetting } from '../../store/settings.ts'
import { one, sql, type ReadableDb } from '../../store/sql.ts'
import { changedSince, lastChange } from './changes.ts'
import type { Chosen } from './filter.ts'
import { Lists } from './lists.ts'

type Cell = number | string | null
type Line = readonly Cell[]

/** No day, no instant. */
const NONE = -1
export const FLAGS = {
  counted: 1, cancelled: 2, merged: 4, soon: 8, remote: 16, fixed: 32, led: 64, overtime: 128, otherCause: 256, atCall: 512,
  byWish: 1024, billed: 2048, verified: 4096, skipped: 8192,
} as const
type Flag = keyof typeof FLAGS

/** So many are packed within a question; more are packed while nobody waits. */
const AT_ONCE = 20_000
/** Rows between two steps: about ten milliseconds. */
const STEP = 2000
const countOf = (db: ReadableDb, text: string, ...params: readonly number[]): number => one<{ n: number }>(db, text, ...params)?.n ?? 0

/** Room for orders to come; beyond it everything is read anew. */
const roomFor = (n: number): number => Math.ceil(n * 1.1) + 4096

const STAGES = RATED.flatMap((stage) => [`i.${stage}_day`, `i.${stage}_slot`, `i.${stage}_ms`]).join()
const ORDER = `
  SELECT i.order_id, ${DIMENSIONS.map((name) => `i.${name}`).join()}, i.outcome, i.created_day, i.closed_day, i.closed_at, i.open_since,
    i.close_ms, i.close_slot, i.total_ms, i.total_slot, i.all_slots, i.inquiries, f.gross_fen, f.verified_fen,
    i.counted, i.outcome = 'cancelled', i.outcome = 'merged', i.soon, i.remote, i.fixed, i.lead IS NOT NULL, i.overtime > 0,
    i.other_cause > 0, i.at_call, i.by_wish, f.billed_at IS NOT NULL, f.verified_at IS NOT NULL, coalesce(f.skipped, 0), ${STAGES}
  FROM order_insight AS i LEFT JOIN order_finance AS f USING (order_id)`
const SPAN = `SELECT order_id, kind = 'stuck', from_at, to_at, next_from FROM order_span`
const RATING = 'SELECT order_id, day, stars FROM order_rating'
const FIRING = `SELECT order_id, fired_at, stage FROM stage_timer WHERE fired_at IS NOT NULL`
const WAITS = 'SELECT order_id, waits FROM order_waits'
/** Stands once for each order whose waits are known. */
export const KNOWN = ''
/** Waits of an order, its mark among them: most have fewer. */
const WAITS_EACH = 7
const FIRST_FLAG = 18
const FIRST_STAGE = FIRST_FLAG + Object.keys(FLAGS).length

/** Texts that many orders share, by number. */
class Names {
  readonly list: string[] = []
  readonly #codes = new Map<string, number>()

  codeOf(name: string): number {
    let code = this.#codes.get(name)
    if (code === undefined) {
      this.#codes.set(name, (code = this.list.length))
      this.list.push(name)
    }
    return code
  }
  get(name: string): number | undefined {
    return this.#codes.get(name)
  }
}

/**
 * What figures are made of, of every order, in columns in memory: any filters at once over any period are answered by
 * one pass over them, exactly. It is a copy of rows that are kept in the transaction of the events, brought up to date
 * by what changed since (`insight_change`) before each question, in the same read transaction. About 300 bytes an order.
 */
export class Packed {
  readonly #db: ReadableDb
  readonly #atOnce: number
  #stamp: number | null = null
  #isPacking = false
  #rows = new Map<string, number>()
  #mask: { readonly key: string; readonly of: Uint8Array } | undefined
  length = 0
  names!: Readonly<Record<Dimension, Names>>
  codes!: Readonly<Record<Dimension, Uint32Array>>
  outcomes = new Names()
  stages = new Names()
  outcome!: Uint8Array
  flags!: Uint16Array
  createdDay!: Int32Array
  closedDay!: Int32Array
  closedAt!: Float64Array
  openSince!: Float64Array
  closeMs!: Float64Array
  closeSlot!: Uint8Array
  totalMs!: Float64Array
  /** NO_SLOT: no total. */
  totalSlot!: Uint8Array
  allSlots!: Int32Array
  inquiries!: Uint32Array
  grossFen!: Float64Array
  verifiedFen!: Float64Array
  stage!: Readonly<Record<RatedPiece, { readonly day: Int32Array; readonly slot: Uint8Array; readonly ms: Float64Array }>>
  spans!: Lists<'stuck' | 'from' | 'to' | 'next'>
  ratings!: Lists<'day' | 'stars'>
  firings!: Lists<'at' | 'stage'>
  waits!: Lists<'name' | 'ms'>
  waitNames = new Names()

  constructor(db: ReadableDb, atOnce: number) {
    this.#db = db
    this.#atOnce = atOnce
  }

  /**
   * As the rows stand in the running read transaction; few orders are packed at once. False: they are not packed yet, or
   * the rows are being written anew and nothing can be said by them.
   */
  refresh(): boolean {
    if (readSetting(this.#db, 'rebuild') !== null) {
      this.#stamp = null
      return false
    }
    if (this.#isPacking) return false
    const stamp = lastChange(this.#db)
    if (stamp === this.#stamp) return true
    const changed = this.#stamp === null || stamp < this.#stamp ? null : changedSince(this.#db, this.#stamp)
    this.#mask = undefined
    if (changed === null || !changed.every((order) => this.#readAnew(order))) {
      this.#stamp = null
      if (countOf(this.#db, 'SELECT count(*) AS n FROM (SELECT 1 FROM order_insight LIMIT ?)', this.#atOnce + 1) > this.#atOnce) return false
      // Nothing is left of a generator that is run to its end.
      for (const _step of this.packing(this.#db));
    }
    this.#stamp = stamp
    return true
  }

  /** Reads everything anew, a step at a time; `from` stays in one read transaction and is asked nothing else meanwhile. */
  *packing(from: ReadableDb): Generator<void, void> {
    if (this.#isPacking || readSetting(from, 'rebuild') !== null) return
    this.#isPacking = true
    this.#stamp = null
    try {
      const stamp = lastChange(from)
      this.#makeRoom(from)
      let hasRoom = yield* this.#read(from, '', [])
      while (!hasRoom) {
        this.#makeRoom(from, this.waits.owner.length * 2)
        hasRoom = yield* this.#read(from, '', [])
      }
      this.#mask = undefined
      this.#stamp = stamp
    } finally {
      this.#isPacking = false
    }
  }

  /** 1 for each order that the filters choose. */
  chosen({ by }: Chosen): Uint8Array {
    const key = JSON.stringify([...by])
    if (this.#mask?.key === key) return this.#mask.of
    const mask = new Uint8Array(this.length).fill(1)
    for (const [dimension, values] of by) {
      const wanted = new Uint8Array(this.names[dimension].list.length)
      for (const value of values) {
        const code = this.names[dimension].get(value)
        if (code !== undefined) wanted[code] = 1
      }
      const codes = this.codes[dimension]
      for (let at = 0; at < mask.length; at++) if (mask[at] === 1) mask[at] = wanted[codes[at] as number] as number
    }
    this.#mask = { key, of: mask }
    return mask
  }

  has(order: number, flag: Flag): boolean {
    return ((this.flags[order] as number) & FLAGS[flag]) !== 0
  }

  /** Of the columns, without the ids. */
  get bytes(): number {
    const columns = [
      ...Object.values(this.codes), this.outcome, this.flags, this.createdDay, this.closedDay, this.closedAt, this.openSince, this.closeMs,
      this.closeSlot, this.totalMs, this.totalSlot, this.allSlots, this.inquiries, this.grossFen, this.verifiedFen,
      ...Object.values(this.stage).flatMap(({ day, slot, ms }) => [day, slot, ms]),
    ]
    return columns.reduce((sum, { byteLength }) => sum + byteLength, 0) + this.spans.bytes + this.ratings.bytes + this.firings.bytes + this.waits.bytes
  }

  #makeRoom(db: ReadableDb, waits?: number): void {
    const count = (text: string): number => countOf(db, text)
    const room = roomFor(count('SELECT count(*) AS n FROM order_insight'))
    this.#rows = new Map()
    this.length = 0
    this.names = { team: new Names(), model: new Names(), region: new Names(), provider: new Names() }
    const codes = (): Uint32Array => new Uint32Array(room)
    this.codes = { team: codes(), model: codes(), region: codes(), provider: codes() }
    this.outcome = new Uint8Array(room)
    this.flags = new Uint16Array(room)
    this.createdDay = new Int32Array(room)
    this.closedDay = new Int32Array(room)
    this.closedAt = new Float64Array(room)
    this.openSince = new Float64Array(room)
    this.closeMs = new Float64Array(room)
    this.closeSlot = new Uint8Array(room)
    this.totalMs = new Float64Array(room)
    this.totalSlot = new Uint8Array(room)
    this.allSlots = new Int32Array(room)
    this.inquiries = new Uint32Array(room)
    this.grossFen = new Float64Array(room)
    this.verifiedFen = new Float64Array(room)
    const stage = () => ({ day: new Int32Array(room), slot: new Uint8Array(room), ms: new Float64Array(room) })
    this.stage = { response: stage(), decision: stage(), execution: stage(), confirmation: stage() }
    this.spans = new Lists(['stuck', 'from', 'to', 'next'], roomFor(count('SELECT count(*) AS n FROM order_span')), room)
    this.ratings = new Lists(['day', 'stars'], roomFor(count('SELECT count(*) AS n FROM order_rating')), room)
    this.firings = new Lists(['at', 'stage'], roomFor(count('SELECT count(*) AS n FROM stage_timer WHERE fired_at IS NOT NULL')), room)
    this.waits = new Lists(['name', 'ms'], waits ?? roomFor(count('SELECT count(*) AS n FROM order_waits') * WAITS_EACH), room)
  }

  /** False: there is no room left for it. */
  #readAnew(order: string): boolean {
    const known = this.#rows.get(order)
    if (known !== undefined) {
      for (const list of [this.spans, this.ratings, this.firings, this.waits]) list.clear(known)
      // Whoever is not found again is none of the orders any more.
      this.#forget(known)
    }
    const steps = this.#read(this.#db, ' WHERE order_id = ?', [order])
    let step = steps.next()
    while (!step.done) step = steps.next()
    return step.value
  }

  #forget(row: number): void {
    this.flags[row] = 0
    this.createdDay[row] = this.closedDay[row] = NONE
    this.openSince[row] = Infinity
    for (const stage of RATED) this.stage[stage].day[row] = NONE
  }

  *#read(db: ReadableDb, where: string, params: readonly string[]): Generator<void, boolean> {
    const lines = (text: string, also = where): IterableIterator<Line> =>
      sql(db, text + also).raw().iterate(...params) as IterableIterator<Line>
    let hasRoom = true
    let read = 0
    for (const line of lines(ORDER, where.replace('order_id', 'i.order_id'))) {
      if (!this.#put(line)) return false
      if (++read % STEP === 0) yield
    }
    const add = (order: Cell, put: (row: number) => boolean): void => {
      const row = this.#rows.get(order as string)
      if (row !== undefined && !put(row)) hasRoom = false
    }
    for (const [order, stuck, from, to, next] of lines(SPAN)) {
      add(order as Cell, (row) => this.spans.add(row, { stuck: stuck as number, from: from as number, to: to as number, next: next as number }))
      if (++read % STEP === 0) yield
    }
    for (const [order, day, stars] of lines(RATING)) {
      add(order as Cell, (row) => this.ratings.add(row, { day: day as number, stars: stars as number }))
      if (++read % STEP === 0) yield
    }
    for (const [order, at, stage] of lines(FIRING, where.replace('WHERE', 'AND'))) {
      add(order as Cell, (row) => this.firings.add(row, { at: at as number, stage: this.stages.codeOf(stage as string) }))
      if (++read % STEP === 0) yield
    }
    for (const [order, waits] of lines(WAITS)) {
      add(order as Cell, (row) => {
        let fits = this.waits.add(row, { name: this.waitNames.codeOf(KNOWN), ms: 0 })
        for (const [name, ms] of waitsIn(waits as string)) fits &&= this.waits.add(row, { name: this.waitNames.codeOf(name), ms })
        return fits
      })
      if (++read % STEP === 0) yield
    }
    return hasRoom
  }

  #put(line: Line): boolean {
    const id = line[0] as string
    const row = this.#rows.get(id) ?? this.length
    if (row === this.flags.length) return false
    if (row === this.length) {
      this.#rows.set(id, row)
      this.length += 1
    }
    const [team, model, region, provider, outcome] = line.slice(1, 6) as [string, string, string, string, string]
    for (const [dimension, value] of [['team', team], ['model', model], ['region', region], ['provider', provider]] as const) {
      this.codes[dimension][row] = this.names[dimension].codeOf(value)
    }
    this.outcome[row] = this.outcomes.codeOf(outcome)
    const [createdDay, closedDay, closedAt, openSince, closeMs, closeSlot, totalMs, totalSlot, allSlots, inquiries, gross, verified] = line.slice(6, 18) as (number | null)[]
    this.createdDay[row] = createdDay ?? NONE
    this.closedDay[row] = closedDay ?? NONE
    this.closedAt[row] = closedAt ?? NONE
    this.openSince[row] = openSince ?? Infinity
    this.closeMs[row] = closeMs ?? 0
    this.closeSlot[row] = closeSlot ?? NO_SLOT
    this.totalMs[row] = totalMs ?? 0
    this.totalSlot[row] = totalSlot ?? NO_SLOT
    this.allSlots[row] = allSlots ?? NONE
    this.inquiries[row] = inquiries ?? 0
    this.grossFen[row] = gross ?? 0
    this.verifiedFen[row] = verified ?? 0
    let flags = 0
    for (let at = FIRST_FLAG; at < FIRST_STAGE; at++) if (line[at] === 1) flags |= 1 << (at - FIRST_FLAG)
    this.flags[row] = flags
    for (const [index, name] of RATED.entries()) {
      const [day, slot, ms] = line.slice(FIRST_STAGE + 3 * index, FIRST_STAGE + 3 + 3 * index) as [number | null, number | null, number | null]
      const stage = this.stage[name]
      stage.day[row] = day ?? NONE
      stage.slot[row] = slot ?? NO_SLOT
      stage.ms[row] = ms ?? 0
    }
    return true
  }
}

/** `piece.party` and ms, of a row of `order_waits`. */
export const waitsIn = (waits: string): [string, number][] =>
  waits.split(',').flatMap((part): [string, number][] => {
    const at = part.indexOf('=')
    return at < 0 ? [] : [[part.slice(0, at), Number(part.slice(at + 1))]]
  })

/** No bucket of the histogram. */
export const NO_SLOT = 255

const kept = new WeakMap<Database.Database, Packed>()

/** For a connection whose every question is asked in a read transaction. @param atOnce so many orders are packed within a question */
export function keepPacked(db: ReadableDb, atOnce = AT_ONCE): void {
  kept.set(db.raw, new Packed(db, atOnce))
}

/** Sums by day answer whatever is not filtered, but stays and medians of so many days are faster told from memory. */
const LONG_DAYS = 400
export const isLong = ({ from, to }: { readonly from: number; readonly to: number }): boolean => to - from > LONG_DAYS

/** Packs what this connection keeps, read through another one; undefined: that is done already. */
export function packingOf(db: ReadableDb, from: ReadableDb): Generator<void, void> | undefined {
  const packed = kept.get(db.raw)
  return packed && !packed.refresh() ? packed.packing(from) : undefined
}

/** Where this connection keeps them and they can be had now; undefined: the rows themselves are asked. */
export function packedOf(db: ReadableDb): Packed | undefined {
  const packed = kept.get(db.raw)
  return packed?.refresh() ? packed : undefined
}
