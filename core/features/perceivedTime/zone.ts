import type Database from 'better-sqlite3'
import type { ReadableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'

const zones = new WeakMap<Database.Database, string>()

/** A connection beside the one that writes the rows is told. */
export function sumByDaysOf(db: ReadableDb, zone: string): void {
  zones.set(db.raw, zone)
}

/**
 * The zone by whose days the rows are summed: that of the company as it was set when the data folder was opened. A
 * changed one counts from the next start, which sums all days anew in the background.
 */
export function zoneOfRows(db: ReadableDb): string {
  let zone = zones.get(db.raw)
  if (zone === undefined) zones.set(db.raw, (zone = readSetting(db, 'company.timeZone')))
  return zone
}
