import type { VisitConflict } from '#shared/contract/dispatchWords.ts'
import type { BookingConflict, BookingVerdict } from '#shared/domain/roster/types.ts'
import { all, type ReadableDb } from '../../store/sql.ts'

/** Names of the skills of the catalogue by id. */
export const skillNames = (db: ReadableDb): ReadonlyMap<string, string> =>
  new Map(all<{ id: string; name: string }>(db, 'SELECT id, name FROM skill').map(({ id, name }) => [id, name]))

/** Conflicts of a booking as the panel shows them: skills by their names, hard ones first. */
export function conflictWords({ hard, soft }: BookingVerdict, names: ReadonlyMap<string, string>): VisitConflict[] {
  const worded = ({ code, engineer, params = {} }: BookingConflict, isHard: boolean): VisitConflict => {
    const { skill } = params
    const named = typeof skill === 'string' ? { ...params, skill: names.get(skill) ?? skill } : params
    return { code, params: named, against: true, hard: isHard, engineer: engineer ?? null }
  }
  return [...hard.map((each) => worded(each, true)), ...soft.map((each) => worded(each, false))]
}
