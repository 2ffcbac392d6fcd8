import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import type { EngineerDayEvents } from '#shared/domain/engineerDay/fold.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import type { Reactor } from '../../kernel/pipeline.ts'
import { tell } from '../notification/reactor.ts'
import { enqueue } from '../outbox/queue.ts'

interface Slot {
  readonly order: string
  readonly from: number
  readonly to: number
}
interface Change {
  was: Slot | null
  is: Slot | null
  /** The event of the order that it stands in: one notice for an event and a person. */
  event: string
}

/**
 * Tells an engineer each change of his plan, in the transaction in which it happens: in the program and through the
 * outbox. What one command takes off and puts on again is one move. Who did it himself is not told, nor anyone of what
 * is past.
 */
export const tellEngineers: Reactor = (events, db, now) => {
  const booked = events.filter(({ subject, type }) => subject.kind === 'engineerDay' && (type === 'slotBooked' || type === 'slotReleased'))
  if (booked.length === 0) return
  const changes = new Map<string, Change>()
  for (const event of booked) {
    const engineer = event.subject.id.slice(0, event.subject.id.lastIndexOf('/'))
    const isBooked = event.type === 'slotBooked'
    const slot = isBooked ? (event.data as EngineerDayEvents['slotBooked']) : releasedSlot(db, event)
    if (!slot) continue
    const key = `${engineer}\n${slot.order}`
    const change = changes.get(key) ?? { was: null, is: null, event: event.id }
    changes.set(key, { ...change, ...(isBooked ? { is: slot } : { was: slot }), event: eventOf(events, slot.order) ?? change.event })
  }
  const actor = booked[0]?.actor.id
  for (const [key, { was, is, event }] of changes) {
    const [user = '', order = ''] = key.split('\n')
    const isSame = was !== null && is !== null && was.from === is.from && was.to === is.to
    if (user === actor || isSame || (is ?? was ?? { to: 0 }).to <= now) continue
    const params = paramsOf(was, is)
    tell(db, { event, user, kind: 'planChanged', order, params, at: now })
    enqueue(db, { event, channel: 'chat', recipient: user, payload: { kind: 'planChanged', order, params } }, now)
  }
}

function paramsOf(was: Slot | null, is: Slot | null): Record<string, string | number> {
  const what = was && is ? 'moved' : is ? 'assigned' : 'taken'
  return { what, ...(is && { fromAt: is.from, toAt: is.to }), ...(was && { wasFrom: was.from, wasTo: was.to }) }
}

const eventOf = (events: readonly StoredEvent[], order: string): string | undefined =>
  events.findLast(({ subject, type }) => subject.kind === 'workOrder' && subject.id === order && (type === 'appointmentBooked' || type === 'appointmentCancelled'))?.id

/** What was given back, as it was booked: the row is gone by now, the log tells. */
function releasedSlot(db: ReadableDb, event: StoredEvent): Slot | null {
  const { appointment } = event.data as EngineerDayEvents['slotReleased']
  const row = one<{ data: string }>(
    db,
    `SELECT json_extract(text, '$.data') AS data FROM event
     WHERE subject = ? AND type = 'slotBooked' AND json_extract(text, '$.data.appointment') = ? ORDER BY hlc DESC LIMIT 1`,
    `engineerDay:${event.subject.id}`,
    appointment,
  )
  return row ? (JSON.parse(row.data) as Slot) : null
}
