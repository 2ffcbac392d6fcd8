import { folds, type StateOf } from '#shared/domain/folds.ts'
import type { SubjectKind } from '#shared/domain/kernel/event.ts'
import type { SubjectFold } from '#shared/domain/kernel/fold.ts'
import type { ReadableDb } from '../store/sql.ts'
import { foldSubject, type Loaded } from './subjects.ts'

/** The folded state of one subject for a query: reads the log, writes and remembers nothing. */
export function readState<Kind extends SubjectKind>(db: ReadableDb, kind: Kind, id: string): Loaded<StateOf<Kind>> {
  return foldSubject(db, folds[kind] as unknown as SubjectFold<unknown>, { kind, id }) as Loaded<StateOf<Kind>>
}

/**
 * SQL for the last event of a subject in the order of truth, the `base` of the next decision: an id that stands in
 * two chains counts at its first place. `subject` is SQL too, never a value.
 */
export const headOf = (subject: string): string =>
  `(SELECT event.id FROM event WHERE event.subject = ${subject}
     AND NOT EXISTS (SELECT 1 FROM event AS earlier WHERE earlier.id = event.id
       AND (earlier.hlc, earlier.origin, earlier.seq) < (event.hlc, event.origin, event.seq))
     ORDER BY event.hlc DESC, event.origin DESC, event.seq DESC LIMIT 1)`
