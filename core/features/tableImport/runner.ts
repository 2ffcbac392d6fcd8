import { setImmediate as turn } from 'node:timers/promises'
import type { TableImport } from '#shared/contract/tableImport.ts'
import type { StateOf } from '#shared/domain/folds.ts'
import type { Actor, SubjectKind } from '#shared/domain/kernel/event.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import type { CellContext } from '#shared/domain/tableImport/cells.ts'
import { KEY_COLUMN, NO_ROWS, type RowAction, type RowCounts, type TableIssue } from '#shared/domain/tableImport/kinds.ts'
import { readRow, type RawRow, type TableRow } from '#shared/domain/tableImport/row.ts'
import type { Attention } from '../../kernel/attention.ts'
import type { CommandRequest, Pipeline } from '../../kernel/pipeline.ts'
import type { Subjects } from '../../kernel/subjects.ts'
import type { WritableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { readSetting } from '../setting/read.ts'
import { filesOf, LineFile, readRows } from './files.ts'
import { changeJob, findJob } from './jobs.ts'
import { planners } from './kinds/index.ts'
import { Keys, readKnown } from './known.ts'
import { Issues, type PlanContext, type RowPlan } from './plan.ts'
import { choiceOf, wordsOf } from './words.ts'

/** What an import works with. */
export interface TableDesk {
  readonly folder: string
  readonly db: WritableDb
  readonly pipeline: Pipeline
  readonly subjects: Subjects
  readonly attention: Attention
  readonly clock: () => number
}

/** A slice of the one writer; the commit's sync comes on top (DESIGN §3: 20 ms). */
const SLICE_MS = 8
/** Rows whose fate is kept to be looked at. */
const MOST_SHOWN = 300

/** The dry run, or the import itself, of one table: row after row, in slices, until it ends or is stopped. */
export class TableRun {
  readonly #desk: TableDesk
  readonly #job: TableImport
  readonly #signal: AbortSignal
  readonly #actor: Actor
  readonly #met = new Keys<number>()
  #counts: Record<RowAction | 'warning', number> = { ...NO_ROWS }
  #done = 0

  constructor(desk: TableDesk, job: TableImport, signal: AbortSignal) {
    this.#desk = desk
    this.#job = job
    this.#signal = signal
    // Named with whoever brought it; what an import says of earlier times is its own affair (METRICS, "Time").
    this.#actor = { kind: 'import', id: job.by }
  }

  get progress(): { readonly done: number; readonly counts: RowCounts } {
    return { done: this.#done, counts: { ...this.#counts } }
  }

  /** Judges every row by the rules of the commands that it would become. Nothing of it is written. */
  async check(): Promise<void> {
    const { db } = this.#desk
    changeJob(db, this.#job.id, { state: 'checking', done: 0, counts: NO_ROWS, refusal: null, endedAt: null })
    const files = filesOf(this.#desk.folder, this.#job.id)
    const [issues, preview] = [new LineFile(files.issues, 'w'), new LineFile(files.preview, 'w')]
    let shown = 0
    try {
      await this.#walk(0, async (rows, context) => {
        const found: TableIssue[] = []
        const fates: object[] = []
        this.#within(rows, (row, raw) => {
          const plan = this.#judged(row, context)
          this.#note(plan)
          found.push(...plan.issues)
          if (shown++ < MOST_SHOWN) fates.push({ line: raw.line, action: plan.action, cells: raw.cells })
        })
        await issues.add(found)
        await preview.add(fates)
      })
    } finally {
      await issues.end()
      await preview.end()
    }
    // Nothing was written: it is as before.
    if (this.#signal.aborted) return changeJob(db, this.#job.id, { state: 'matching', done: 0, counts: NO_ROWS })
    changeJob(db, this.#job.id, { state: 'checked', done: this.#done, counts: this.#counts })
  }

  /** Takes in what can be taken, from the row on where an earlier run stood. What was taken in is not taken twice. */
  async apply(): Promise<void> {
    const { db } = this.#desk
    const from = this.#job.state === 'checked' ? 0 : this.#job.done
    this.#counts = from === 0 ? { ...NO_ROWS } : { ...this.#job.counts }
    this.#done = from
    changeJob(db, this.#job.id, { state: 'applying', done: from, counts: this.#counts, refusal: null, endedAt: null })
    const issues = new LineFile(filesOf(this.#desk.folder, this.#job.id).issues, from === 0 ? 'w' : 'a')
    try {
      await this.#walk(from, async (rows, context) => {
        const refusal = this.#applySlice(rows, context, issues)
        if (refusal) throw new StoppedByRefusal(refusal)
        await turn()
      })
    } catch (error) {
      if (!(error instanceof StoppedByRefusal)) throw error
      return changeJob(db, this.#job.id, { state: 'stopped', refusal: asRefusal(error.refusal) })
    } finally {
      await issues.end()
    }
    if (this.#signal.aborted) return this.#stopped()
    changeJob(db, this.#job.id, { state: 'done', done: this.#done, counts: this.#counts, endedAt: this.#desk.clock() })
  }

  #stopped(): void {
    changeJob(this.#desk.db, this.#job.id, { state: 'stopped', refusal: { code: 'importStopped' } })
  }

  /** As many rows as a slice holds, in one transaction with the count of them: a run that is killed goes on behind. */
  #applySlice(rows: RawRow[], context: PlanContext, issues: LineFile): Refusal | undefined {
    const { pipeline, db } = this.#desk
    const before = { counts: { ...this.#counts }, done: this.#done }
    const found: TableIssue[] = []
    const written = pipeline.inOne((execute) => {
      this.#within(rows, (row) => {
        const plan = this.#planned(row, context)
        for (const step of plan.steps) {
          const result = execute(this.#request(step))
          if (result.ok || result.refusal.code === 'alreadyDone') continue
          const issue = refusalIssue(row.line, KEY_COLUMN[this.#job.kind], result.refusal)
          this.#note({ ...plan, action: 'error', issues: [...plan.issues, issue] })
          found.push(...plan.issues, issue)
          return
        }
        this.#note(plan)
        plan.note?.()
        found.push(...plan.issues)
      })
      changeJob(db, this.#job.id, { done: this.#done, counts: this.#counts })
    })
    if (!written.ok) {
      Object.assign(this.#counts, before.counts)
      this.#done = before.done
      return written.refusal
    }
    void issues.add(found)
    return undefined
  }

  /** Takes rows from the front until the slice is over. */
  #within(rows: RawRow[], take: (row: TableRow, raw: RawRow) => void): void {
    const until = performance.now() + SLICE_MS
    do {
      const raw = rows.shift()
      if (!raw) return
      this.#done += 1
      take(readRow(this.#job.kind, this.#job.columns, raw, this.#cells), raw)
    } while (performance.now() < until)
  }

  /** Gives the rows in portions and lets people's calls pass between the slices. */
  async #walk(from: number, slice: (rows: RawRow[], context: PlanContext) => Promise<void>): Promise<void> {
    const { db, attention, folder } = this.#desk
    const known = await readKnown(db, this.#job.kind, () => attention.turn())
    const context = this.#planContext(known)
    let rows: RawRow[] = []
    // What was met before the row where this run begins is met again, so that repetitions stay repetitions.
    let passed = 0
    for await (const row of readRows(filesOf(folder, this.#job.id).rows)) {
      if (passed++ < from) {
        this.#repeats(readRow(this.#job.kind, this.#job.columns, row, this.#cells))
        continue
      }
      rows.push(row)
      if (rows.length < PORTION) continue
      if (!(await this.#drain(rows, slice, context))) return
      rows = []
    }
    await this.#drain(rows, slice, context)
  }

  async #drain(rows: RawRow[], slice: (rows: RawRow[], context: PlanContext) => Promise<void>, context: PlanContext): Promise<boolean> {
    while (rows.length > 0) {
      if (this.#signal.aborted || !this.#desk.db.raw.open) return false
      await slice(rows, context)
      await this.#desk.attention.turn()
    }
    return !this.#signal.aborted && this.#desk.db.raw.open
  }

  /** The first row of the file that this one repeats. */
  #repeats(row: TableRow): number | undefined {
    const key = planners[this.#job.kind].key(row)
    if (key === null) return undefined
    const first = this.#met.get(key)
    if (first === undefined) this.#met.set(key, row.line)
    return first
  }

  #planned(row: TableRow, context: PlanContext): RowPlan {
    const column = KEY_COLUMN[this.#job.kind]
    const repeats = this.#repeats(row)
    const wrong = row.issues.some(({ level }) => level === 'error')
    if (repeats !== undefined) {
      const twice = new Issues(row.line).refuse(column, 'duplicate', { line: repeats })
      return { ...twice, issues: [...row.issues, ...twice.issues] }
    }
    if (wrong) return { action: 'error', steps: [], issues: row.issues }
    const plan = planners[this.#job.kind].plan(row, context)
    return { ...plan, issues: [...row.issues, ...plan.issues] }
  }

  #judged(row: TableRow, context: PlanContext): RowPlan {
    const plan = this.#planned(row, context)
    if (plan.steps.length === 0) return plan
    const refusal = this.#desk.pipeline.judge(plan.steps.map((step) => this.#request(step))).find((each) => each !== null)
    if (!refusal) {
      // The provisional ones stay unknown: the next row that names them says so, too, and is judged with them.
      if (plan.steps.length === 1) plan.note?.()
      return plan
    }
    const issue = refusalIssue(row.line, KEY_COLUMN[this.#job.kind], refusal)
    return { action: 'error', steps: [], issues: [...plan.issues, issue] }
  }

  #note({ action, issues }: Pick<RowPlan, 'action' | 'issues'>): void {
    this.#counts[action] += 1
    if (issues.some(({ level }) => level === 'warning')) this.#counts.warning += 1
  }

  #request = ({ id, name, input }: RowPlan['steps'][number]): CommandRequest => ({ id, name, input, actor: this.#actor })

  #planContext(known: PlanContext['known']): PlanContext {
    const { db, subjects, clock } = this.#desk
    const person = peopleOf(db)
    return {
      db,
      known,
      load: <Kind extends SubjectKind>(kind: Kind, id: string) => subjects.load<StateOf<Kind>>({ kind, id }).state,
      options: this.#job.options,
      user: this.#job.by,
      now: clock(),
      job: this.#job.id,
      nameOf: (user) => person(user).name,
    }
  }

  get #cells(): CellContext {
    this.#cellContext ??= {
      zone: readSetting(this.#desk.db, 'company.timeZone'),
      dayOrder: this.#job.options.dayOrder,
      choice: choiceOf,
      words: wordsOf,
    }
    return this.#cellContext
  }
  #cellContext: CellContext | undefined
}

const PORTION = 200

class StoppedByRefusal extends Error {
  override readonly name = 'StoppedByRefusal'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** A rule's own words, at the column that it names where the table has it. */
function refusalIssue(line: number, keyColumn: string, refusal: Refusal): TableIssue {
  const column = refusal.field?.split('.').at(-1) || keyColumn
  return { line, column, level: 'error', ...asRefusal(refusal) }
}

/** A refusal as it is kept: plain values. */
export function asRefusal({ code, params }: Refusal): NonNullable<TableImport['refusal']> {
  const plain = Object.entries(params ?? {}).map(([name, value]) => [name, typeof value === 'object' ? value.join(', ') : value] as const)
  return { code, ...(plain.length > 0 && { params: Object.fromEntries(plain) }) }
}

/** As the database has it now, with how far a run has come. */
export const withProgress = (db: WritableDb, id: string, run: TableRun | undefined): TableImport | undefined => {
  const job = findJob(db, id)
  return job && run ? { ...job, ...run.progress } : job
}
