import type { SubjectKind } from '#shared/domain/kernel/event.ts'
import type { ReadableDb, WritableDb } from '../store/sql.ts'

/**
 * The rows of one kind of subject. They are a pure function of the folded state: `write` replaces the rows and
 * rollup shares of `before` (null: there are none yet) by those of `after`. That is the whole reason why any order
 * of arrival and a rebuild end in the same rows.
 */
export interface Projection<State = unknown> {
  readonly kind: SubjectKind
  /** Bumped when the rows change their meaning; the tables are then rebuilt. */
  readonly version: number
  readonly tables: readonly string[]
  /** What else the rows are made by, as it stands while the data folder is open; another value at the next start rebuilds them. */
  variant?(db: ReadableDb): string
  /** `head`: the subject's last event in the order of truth, the `base` of the next decision. */
  write(db: WritableDb, id: string, before: State | null, after: State, head: string): void
}
