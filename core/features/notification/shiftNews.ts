import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import type { ShiftHandoverEvents } from '#shared/domain/shiftHandover/fold.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import type { News } from './news.ts'

/** A shift is offered and answered as one: one notice for all of its orders. */
export function shiftNewsOf(event: StoredEvent, db: ReadableDb): News | undefined {
  const shift = event.subject.id
  const to = (users: readonly string[]): News['users'] =>
    [...new Set(users)].filter((user) => user !== event.actor.id).map((user) => ({ user }))
  if (event.type === 'shiftOffered') {
    const { to: receiver, from, orders } = event.data as ShiftHandoverEvents['shiftOffered']
    return { kind: 'shiftOffered', users: to([receiver]), params: { from, count: orders.length, shift }, channels: ['chat'] }
  }
  if (event.type !== 'shiftAnswered') return undefined
  const { accepted, declined, missed } = event.data as ShiftHandoverEvents['shiftAnswered']
  const offer = one<{ from_user: string; by_user: string }>(db, 'SELECT from_user, by_user FROM shift_handover WHERE id = ?', shift)
  const params = { by: event.actor.id, accepted: accepted.length, declined: declined.length, missed: missed.length, shift }
  return { kind: 'shiftAnswered', users: to(offer ? [offer.from_user, offer.by_user] : []), params, channels: [] }
}
