import type { EventDraft } from '../kernel/event.ts'
import { accept, refuse, type Result } from '../kernel/refusal.ts'
import { deputyOf, whoIsCalled, type People } from './called.ts'
import type { WorkOrderEvents } from './events.ts'
import type { WorkOrderState } from './state.ts'

type Called = WorkOrderEvents['promiseBroken']['called']

/**
 * A promise is broken at the instant that it names, however late this desk notices (METRICS: a breach of its own).
 * @param by UTC ms, the promise that is meant: another one may have been made since
 * Refuses `notDue` where it is not broken, or is the order's promise no more.
 */
export function decideBroken(
  state: WorkOrderState,
  people: People,
  now: number,
  by: number,
): Result<EventDraft<'promiseBroken', WorkOrderEvents['promiseBroken']>> {
  const isMeant = state.registered && !state.readOnly && state.status === 'open' && state.promise?.by === by
  if (!isMeant || by > now) return refuse('notDue')
  const { owner } = state
  const data = { by, owner, called: whoHears(owner, people, now) }
  return accept({ subject: { kind: 'workOrder', id: state.id }, type: 'promiseBroken', version: 1, at: by, data })
}

/** The owner; who stands in for one on leave; the dispatchers where there is neither. */
function whoHears(owner: string | null, people: People, now: number): Called {
  const person = owner === null ? undefined : people.byId(owner)
  const isThere = person && !person.disabled && !(person.absence && person.absence.from <= now && now < person.absence.to)
  if (isThere) return [{ user: person.id }]
  const deputy = person && deputyOf(person, people, now)
  if (person && deputy !== undefined) return [{ user: deputy, insteadOf: person.id }]
  return whoIsCalled('dispatcher', people, now, null).called
}
