import { randomUUID } from 'node:crypto'
import type { Actor } from '#shared/domain/kernel/event.ts'
import { recognise, type Report } from '#shared/domain/knownDefect/match.ts'
import type { Pipeline } from '../../kernel/pipeline.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readActiveDefects } from './defects.ts'

const MARKER: Actor = { kind: 'system', id: 'knownDefect' }
/** Orders looked at, and orders marked, before other commands have their turn: well under 20 ms. */
const LOOKED_AT = 200
const MARKED = 10

interface OpenOrder extends Report {
  readonly id: string
  readonly marked: string | null
}

const OPEN_OF_MODEL = `
  SELECT id, model, symptom, nullif(firmware, '') AS firmware, known_defect AS marked FROM work_order
  WHERE status = 'open' AND read_only = 0 AND model = :model AND id > :after ORDER BY id LIMIT :limit`

/** Each model once, leaping along the index from one to the next. */
const OPEN_MODELS = `
  WITH RECURSIVE each (model) AS (
    SELECT min(model) FROM work_order WHERE status = 'open'
    UNION ALL SELECT (SELECT min(model) FROM work_order WHERE status = 'open' AND model > each.model) FROM each
      WHERE each.model IS NOT NULL
  ), marked (model) AS (
    SELECT DISTINCT model FROM work_order WHERE status = 'open' AND known_defect IS NOT NULL
  )
  SELECT model, model IN (SELECT model FROM marked) AS marked FROM each WHERE model IS NOT NULL`

/** Marks open orders when a defect becomes known, changes, or is known no more, a few at a time. */
export class DefectMarker {
  readonly #db: ReadableDb
  readonly #pipeline: Pipeline
  #stopListening: (() => void) | undefined
  #wanted = false
  #running: Promise<void> | null = null

  constructor({ db, pipeline }: { db: ReadableDb; pipeline: Pipeline }) {
    this.#db = db
    this.#pipeline = pipeline
  }

  /** Looks at all open orders once, because the program may have stopped in the middle of it. */
  start(): void {
    this.#stopListening ??= this.#pipeline.onCommitted((touched) => {
      if (touched.some(({ kind }) => kind === 'knownDefect')) this.#wake()
    })
    this.#wake()
  }

  /** Settles when every open order bears the mark that it should. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  stop(): void {
    this.#stopListening?.()
    this.#stopListening = undefined
    this.#wanted = false
  }

  #wake(): void {
    this.#wanted = true
    this.#running ??= this.#run().finally(() => {
      this.#running = null
      if (this.#wanted) this.#wake()
    })
  }

  async #run(): Promise<void> {
    while (this.#wanted) {
      // Never within the commit that woke it.
      if (!(await this.#goesOn())) return
      this.#wanted = false
      for (const model of this.#models()) if (!(await this.#sweep(model))) return
    }
  }

  /** Gives others their turn. The database may be closed by then: who stopped touches it no more. */
  async #goesOn(): Promise<boolean> {
    await new Promise((resolve) => setImmediate(resolve))
    return this.#stopListening !== undefined
  }

  /** @returns false where it was stopped on the way */
  async #sweep(model: string): Promise<boolean> {
    for (let after = ''; ; ) {
      const page = all<OpenOrder>(this.#db, OPEN_OF_MODEL, { model, after, limit: LOOKED_AT })
      const defects = readActiveDefects(this.#db)
      const wrong = page.filter((order) => (recognise(defects, order)?.id ?? null) !== order.marked)
      for (let from = 0; from < wrong.length; from += MARKED) {
        const some = wrong.slice(from, from + MARKED)
        this.#pipeline.executeAll(
          some.map(({ id }) => ({ id: randomUUID(), name: 'knownDefect.mark', input: { order: id }, actor: MARKER })),
        )
        if (!(await this.#goesOn())) return false
      }
      const last = page[LOOKED_AT - 1]
      if (!last) return true
      after = last.id
      if (!(await this.#goesOn())) return false
    }
  }

  /** Models of open orders that an active defect is about, or that bear a mark. */
  #models(): string[] {
    const defects = readActiveDefects(this.#db).map((defect) => ({ ...defect, symptoms: [], firmware: null }))
    const models = all<{ model: string; marked: number }>(this.#db, OPEN_MODELS)
    return models
      .filter(({ model, marked }) => marked === 1 || recognise(defects, { model, symptom: '', firmware: null }) !== null)
      .map(({ model }) => model)
  }
}
