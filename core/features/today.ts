import { localDay } from '#shared/domain/workOrder/decision.ts'
import type { ReadableDb } from '../store/sql.ts'
import { readSetting } from './setting/read.ts'

/** The desk's calendar day of an instant (UTC ms), YYYY-MM-DD. */
export const dayAt = (db: ReadableDb, at: number): string => localDay(at, readSetting(db, 'company.timeZone'))
