import type { AuditEntry, TimelineEntry } from '#shared/contract/workOrderQueries.ts'
import { subjectKey, type Json, type StoredEvent } from '#shared/domain/kernel/event.ts'
import { workOrderFold } from '#shared/domain/workOrder/evolve.ts'
import type { WorkOrderEvents } from '#shared/domain/workOrder/events.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { readSubject } from '../../store/eventLog.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { peopleOf, type Person } from '../people.ts'

/** Recorded later than this after it happened is marked (METRICS, "Time"), ms. */
const BACKDATED_AFTER = 15 * 60_000

type People = (id: string) => Person

const eventsOf = (db: ReadableDb, order: string): StoredEvent[] =>
  readSubject(db, subjectKey({ kind: 'workOrder', id: order }))

const placeOf = (event: StoredEvent, person: People) => ({
  event: event.id,
  type: event.type,
  at: event.at,
  recordedAt: event.recordedAt,
  backdated: event.actor.kind === 'user' && event.recordedAt - event.at > BACKDATED_AFTER,
  actor: { ...person(event.actor.id), kind: event.actor.kind },
})

/** What happened to the order, in the order of truth, with what lost and why. */
export function readTimeline(db: ReadableDb, order: string): TimelineEntry[] {
  const person = peopleOf(db)
  const events = eventsOf(db, order)
  const end = events.reduce((state, event) => workOrderFold.evolve(state, event), workOrderFold.initial(order))
  const lost = new Map(end.conflicts.map((conflict) => [conflict.event, conflict.code]))
  return events.map((event) => ({
    ...placeOf(event, person),
    imported: event.actor.kind === 'import',
    data: event.data as TimelineEntry['data'],
    ...(event.personal !== undefined && { personal: event.personal as TimelineEntry['personal'] }),
    lost: lost.get(event.id) ?? null,
  }))
}

/**
 * Every change of a field, found by folding event by event: whatever changed it, nothing is missed. Values that were
 * erased by law are named as such.
 */
export function readAudit(db: ReadableDb, order: string): AuditEntry[] {
  const person = peopleOf(db)
  const entries: AuditEntry[] = []
  let before = workOrderFold.initial(order)
  for (const event of eventsOf(db, order)) {
    const after = workOrderFold.evolve(before, event)
    const place = placeOf(event, person)
    const old = audited(before)
    const fresh = audited(after)
    for (const field of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
      const was = old[field] ?? null
      const is = fresh[field] ?? null
      if (same(was, is)) continue
      entries.push({ ...place, field, old: was, new: is, erased: false } as AuditEntry)
    }
    if (event.personal === null) {
      entries.push({ ...place, field: 'personal', old: null, new: null, erased: true })
    }
    before = after
  }
  return entries
}

const NAMES = {
  customer: 'SELECT name FROM customer WHERE id = ?',
  equipment: "SELECT trim(model || ' ' || serial) AS name FROM equipment WHERE id = ?",
  provider: 'SELECT name FROM service_provider WHERE id = ?',
} as const

/** What customers and machines are called of which the changes tell by id. */
export function namesIn(db: ReadableDb, entries: readonly AuditEntry[]): Record<string, string> {
  const names = new Map<string, string>()
  for (const { field, old, new: fresh } of entries) {
    if (field !== 'customer' && field !== 'equipment' && field !== 'provider') continue
    for (const id of [old, fresh]) {
      if (typeof id !== 'string' || names.has(id)) continue
      const row = one<{ name: string }>(db, NAMES[field], id)
      if (row) names.set(id, row.name)
    }
  }
  return Object.fromEntries(names)
}

/** What counts as a field of the order. */
function audited(state: WorkOrderState): Record<string, Json> {
  if (!state.registered) return {}
  const { owner, promise, freeze, collaborators, appointment } = state
  return {
    ...(state.fields as Record<string, Json>),
    ...state.personal,
    status: state.status,
    stage: state.stage,
    owner,
    promise: promise && { ...promise },
    frozen: freeze !== null,
    collaborators,
    appointment: appointment && { ...appointment },
  }
}

const same = (a: Json, b: Json): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

export interface Firing {
  visit: string
  stage: WorkOrderState['stage'] | null
  timer: string
  level: number
  dueAt: number
  firedAt: number
  recordedAt: number
  role: string
  called: { user: Person; insteadOf: Person | null }[]
  dailyReport: boolean
}

/** Escalations that fired, each (visit, timer, level) once: two desks may have recorded the same one. */
export function readFirings(db: ReadableDb, order: string): Firing[] {
  const person = peopleOf(db)
  const firings = new Map<string, Firing>()
  const events = eventsOf(db, order)
  const { visits } = events.reduce((state, event) => workOrderFold.evolve(state, event), workOrderFold.initial(order))
  for (const event of events) {
    if (event.type !== 'timerFired') continue
    const fired = event.data as WorkOrderEvents['timerFired']
    const key = `${fired.visit}\n${fired.timer}\n${fired.level}`
    if (firings.has(key)) continue
    firings.set(key, {
      visit: fired.visit,
      stage: visits.find((visit) => visit.id === fired.visit)?.stage ?? null,
      timer: fired.timer,
      level: fired.level,
      dueAt: fired.dueAt,
      firedAt: event.at,
      recordedAt: event.recordedAt,
      role: fired.role,
      called: fired.called.map(({ user, insteadOf }) => ({
        user: person(user),
        insteadOf: insteadOf === undefined ? null : person(insteadOf),
      })),
      dailyReport: fired.dailyReport === true,
    })
  }
  return [...firings.values()]
}
