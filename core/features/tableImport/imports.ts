import type Database from 'better-sqlite3'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import type { TableKind, TableOptions } from '#shared/domain/tableImport/kinds.ts'
import { matchColumns } from '#shared/domain/tableImport/match.ts'
import { missingColumns } from '#shared/domain/tableImport/row.ts'
import type { TableImport } from '#shared/contract/tableImport.ts'
import { logger } from '../../gateway/logger.ts'
import { troubleOf } from '../../store/errors.ts'
import { filesOf, makeFolder, removeFiles, removeStrangers, removeTable } from './files.ts'
import { readInWorker } from './inWorker.ts'
import { addJob, changeJob, findJob, forgetJobs, jobIds, rememberColumns, rememberedColumns, removeJob } from './jobs.ts'
import { asRefusal, TableRun, withProgress, type TableDesk } from './runner.ts'
import { columnWords, headingKeys } from './words.ts'

type Started = Result<{ id: string }>

/** Findings name people: they are not kept for longer than somebody looks for them. */
const KEPT_MS = 30 * 86_400_000

/** The imports that are under way on an open data folder, one at a time each. */
export class TableImports {
  readonly #desk: TableDesk
  readonly #under = new Map<string, { readonly stop: AbortController; readonly ended: Promise<void>; run?: TableRun }>()

  constructor(desk: TableDesk) {
    this.#desk = desk
  }

  /** @param bring lays the file down where it is read from */
  async begin(job: { kind: TableKind; file: string; by: string }, bring: (path: string) => Promise<void>): Promise<Started> {
    const { db, folder, clock } = this.#desk
    forgetJobs(db, clock() - KEPT_MS)
    removeStrangers(folder, new Set([...jobIds(db), ...this.#under.keys()]))
    const id = addJob(db, { ...job, now: clock() })
    const files = filesOf(folder, id)
    makeFolder(files)
    try {
      await bring(files.source)
    } catch (error) {
      removeFiles(files)
      removeJob(db, id)
      return refuse('tableUnreadable', 'file', { reason: (error as NodeJS.ErrnoException).code ?? '' })
    }
    this.#start(id, (signal) => this.#read(id, job.kind, signal))
    return accept({ id })
  }

  async #read(id: string, kind: TableKind, signal: AbortSignal): Promise<void> {
    const { db, folder } = this.#desk
    const files = filesOf(folder, id)
    const read = await readInWorker({ source: files.source, out: files.rows, words: headingKeys(kind) }, signal)
    if (!db.raw.open) return
    if (!read.ok) return changeJob(db, id, { state: 'failed', refusal: asRefusal(read.refusal), endedAt: this.#desk.clock() })
    const { headings, rows } = read.value
    const columns = matchColumns(headings, columnWords(kind), rememberedColumns(db, kind))
    changeJob(db, id, { state: 'matching', head: { ...read.value, headings: [...headings], sample: read.value.sample.map((row) => [...row]) }, columns, total: rows })
  }

  /** Begins the dry run. Refuses `columnsMissing` where a required column is not matched. */
  check(job: TableImport, columns: readonly (string | null)[], options: TableOptions): Started {
    const { db } = this.#desk
    if (!job.head || this.#under.has(job.id)) return refuse('tableBusy', 'id')
    if (job.state === 'applying' || job.state === 'done' || (job.state === 'stopped' && job.done > 0)) return refuse('tableApplied', 'id')
    const known = columnWords(job.kind)
    const chosen = job.head.headings.map((_, index) => columns[index] ?? null)
    const strange = chosen.find((column) => column !== null && !Object.hasOwn(known, column))
    if (strange !== undefined) return refuse('invalidInput', 'columns', { reason: String(strange) })
    const twice = chosen.find((column, index) => column !== null && chosen.indexOf(column) !== index)
    if (twice) return refuse('columnTwiceChosen', 'columns', { column: twice })
    const missing = missingColumns(job.kind, chosen)
    if (missing.length > 0) return refuse('columnsMissing', 'columns', { columns: missing })
    rememberColumns(db, job.kind, job.head.headings, chosen)
    changeJob(db, job.id, { columns: chosen, options })
    return this.#run({ ...job, columns: chosen, options }, (run) => run.check())
  }

  /** Refuses `tableUnchecked` where no dry run was seen to its end. */
  apply(job: TableImport): Started {
    if (this.#under.has(job.id)) return refuse('tableBusy', 'id')
    // Killed under way, it still says that it is applying.
    const isBegun = job.state === 'applying' || (job.state === 'stopped' && job.endedAt === null && job.done > 0)
    if (job.state !== 'checked' && !isBegun) return refuse('tableUnchecked', 'id')
    return this.#run(job, async (run) => {
      await run.apply()
      const { db, folder } = this.#desk
      if (db.raw.open && findJob(db, job.id)?.state === 'done') removeTable(filesOf(folder, job.id))
    })
  }

  /** Settles once the run has stopped. */
  async cancel(id: string): Promise<void> {
    const under = this.#under.get(id)
    under?.stop.abort()
    await under?.ended
  }

  async drop(id: string): Promise<void> {
    await this.cancel(id)
    removeFiles(filesOf(this.#desk.folder, id))
    removeJob(this.#desk.db, id)
  }

  find(id: string): TableImport | undefined {
    const job = withProgress(this.#desk.db, id, this.#under.get(id)?.run)
    if (!job || this.#under.has(id)) return job
    // What a killed process left says so, and can be begun anew or gone on with.
    if (job.state === 'reading') return { ...job, state: 'failed', refusal: { code: 'importStopped' } }
    if (job.state === 'checking') return { ...job, state: 'matching' }
    return job.state === 'applying' ? { ...job, state: 'stopped', refusal: { code: 'importStopped' } } : job
  }

  /** Settles when nothing is under way for this import. */
  async settled(id: string): Promise<void> {
    await this.#under.get(id)?.ended
  }

  #run(job: TableImport, act: (run: TableRun) => Promise<void>): Started {
    const begun = this.#start(job.id, (signal) => {
      const run = new TableRun(this.#desk, job, signal)
      return { run, ended: act(run) }
    })
    return accept({ id: begun })
  }

  #start(id: string, act: (signal: AbortSignal) => Promise<void> | { run: TableRun; ended: Promise<void> }): string {
    const stop = new AbortController()
    const begun = act(stop.signal)
    const work = begun instanceof Promise ? begun : begun.ended
    const ended = work.catch((error: unknown) => this.#failed(id, error)).finally(() => this.#under.delete(id))
    this.#under.set(id, { stop, ended, ...(!(begun instanceof Promise) && { run: begun.run }) })
    return id
  }

  #failed(id: string, error: unknown): void {
    const { db, folder } = this.#desk
    // Closed under way: the next start finds where it stood.
    if (!db.raw.open) return
    const trouble = troubleOf(error, folder)
    if (trouble === undefined) logger.error({ err: error, import: id }, 'an import failed')
    try {
      changeJob(db, id, { state: 'failed', refusal: { code: trouble ?? 'internal', params: { folder, reference: id } }, endedAt: this.#desk.clock() })
    } catch (second) {
      logger.error({ err: second, import: id }, 'a failed import could not be noted')
    }
  }
}

const open = new WeakMap<Database.Database, TableImports>()

/** One for an open data folder, however it is asked. */
export function importsOf(desk: TableDesk): TableImports {
  const known = open.get(desk.db.raw)
  if (known) return known
  const made = new TableImports(desk)
  open.set(desk.db.raw, made)
  return made
}
/** For the queries, which only look. */
export const knownImports = (raw: Database.Database): TableImports | undefined => open.get(raw)
