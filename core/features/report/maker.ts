import { Temporal } from 'temporal-polyfill'
import { dayOf, isoOf } from '#shared/domain/perceivedTime/days.ts'
import type { Principal } from '../../kernel/access.ts'
import type { Ask } from '../../kernel/feature.ts'
import { Alarm } from '../../scheduler/alarm.ts'
import { one, type ReadableDb, type WritableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'
import { makeReport, SCHEDULER, wasMade } from './make.ts'

/** A report that was due while the program was off is not made in the middle of its start. */
const AFTER_START_MS = 60_000

const ACTOR: Principal = { actor: { kind: 'system', id: SCHEDULER }, roles: [], local: false }

export interface ReportMakerParts {
  readonly db: WritableDb
  readonly ask: Ask
  readonly clock: () => number
  readonly warn: (message: string) => void
}

/** Makes the daily report each morning at the hour set, once a day; one that was slept through is made on waking. */
export class ReportMaker {
  readonly #parts: ReportMakerParts
  readonly #alarm: Alarm
  #running: Promise<void> | undefined
  #started = false
  #notBefore = 0

  constructor(parts: ReportMakerParts) {
    this.#parts = parts
    this.#alarm = new Alarm(parts.clock, () => this.tick())
  }

  start(): void {
    if (this.#started) return
    this.#started = true
    const { db, clock } = this.#parts
    this.#notBefore = clock() + AFTER_START_MS
    this.#alarm.set(Math.max(nextReportAt(db, clock()), this.#notBefore))
  }

  stop(): void {
    this.#started = false
    this.#alarm.clear()
  }

  tick(): void {
    if (!this.#started) return
    if (this.#parts.clock() >= this.#notBefore) void this.look()
    else this.#alarm.set(this.#notBefore)
  }

  /** Makes the report of today where its hour has come and it is not made yet; settles when that is done. */
  look(): Promise<void> {
    this.#running ??= this.#make().finally(() => {
      this.#running = undefined
      if (this.#started) this.#alarm.set(nextReportAt(this.#parts.db, this.#parts.clock()))
    })
    return this.#running
  }

  async #make(): Promise<void> {
    const { db, ask, clock, warn } = this.#parts
    try {
      const now = clock()
      if (nextReportAt(db, now) > now || !one(db, 'SELECT 1 FROM work_order LIMIT 1')) return
      await makeReport(db, ask, ACTOR)
    } catch (error) {
      // The folder was given back meanwhile: the next start makes it.
      if (db.raw.open) warn(`the daily report was not made: ${String(error)}`)
    }
  }
}

/** When the next report is due, UTC ms; in the past where today's was not made. */
function nextReportAt(db: ReadableDb, now: number): number {
  const zone = readSetting(db, 'company.timeZone')
  const time = Temporal.PlainTime.from(readSetting(db, 'report.time'))
  const today = isoOf(dayOf(now, zone))
  const date = wasMade(db, today) ? Temporal.PlainDate.from(today).add({ days: 1 }) : Temporal.PlainDate.from(today)
  return date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds
}
