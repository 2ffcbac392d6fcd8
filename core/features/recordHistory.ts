import type { HistoryEntry } from '#shared/contract/recordHistory.ts'
import { folds, type StateOf } from '#shared/domain/folds.ts'
import { subjectKey, type Json, type StoredEvent, type SubjectKind } from '#shared/domain/kernel/event.ts'
import { readSubject } from '../store/eventLog.ts'
import { one, type ReadableDb } from '../store/sql.ts'
import { peopleOf } from './people.ts'

const CUSTOMER = 'SELECT name FROM customer WHERE id = ?'
/** Tables that give a name to an id which stands in a field. */
const NAMES: Readonly<Record<string, string>> = {
  customer: CUSTOMER,
  mergedInto: CUSTOMER,
  mergedFrom: CUSTOMER,
  parent: 'SELECT name FROM service_provider WHERE id = ?',
  machines: "SELECT model || ' ' || serial AS name FROM equipment WHERE id = ?",
}
/** What belongs to the fold, not to the record. */
const OWN = new Set(['id', 'exists', 'demo', 'formerNames'])

/**
 * What became of a master record, newest first: found by folding event by event, so that whatever changed a field,
 * nothing is missed.
 */
export function readRecordHistory<Kind extends SubjectKind>(
  db: ReadableDb,
  kind: Kind,
  id: string,
): { entries: HistoryEntry[]; names: Record<string, string> } {
  const fold = folds[kind] as unknown as { initial(id: string): StateOf<Kind>; evolve(state: object, event: StoredEvent): object }
  const person = peopleOf(db)
  const names: Record<string, string> = {}
  const entries: HistoryEntry[] = []
  let before: Record<string, Json> = { ...(fold.initial(id) as Record<string, Json>) }
  for (const event of readSubject(db, subjectKey({ kind, id }))) {
    const after = fold.evolve(before, event) as Record<string, Json>
    const isFirst = before['exists'] === false && after['exists'] === true
    const changes = Object.keys(after).flatMap((field) => {
      const [old, fresh] = [isFirst ? null : (before[field] ?? null), after[field] ?? null]
      if (OWN.has(field) || same(old, fresh) || (isFirst && isUsual(field, fresh))) return []
      name(db, names, field, [old, fresh])
      return [{ field, old, new: fresh }]
    })
    const reason = (event.data as { reason?: unknown }).reason
    entries.push({
      event: event.id,
      type: event.type,
      at: event.at,
      recordedAt: event.recordedAt,
      actor: { ...person(event.actor.id), kind: event.actor.kind },
      changes: changes as HistoryEntry['changes'],
      reason: typeof reason === 'string' ? reason : null,
      erased: event.personal === null,
    })
    before = after
  }
  return { entries: entries.reverse(), names }
}

function name(db: ReadableDb, names: Record<string, string>, field: string, values: readonly Json[]): void {
  const select = NAMES[field]
  if (!select) return
  for (const id of values.flat()) {
    if (typeof id !== 'string' || names[id] !== undefined) continue
    const row = one<{ name: string }>(db, select, id)
    if (row) names[id] = row.name
  }
}

const same = (a: Json, b: Json): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
/** What every new record is needs no line. */
const isUsual = (field: string, value: Json): boolean =>
  value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0) || (field === 'active' && value === true)
