import type { Reactor } from '../../kernel/pipeline.ts'
import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import { run, type WritableDb } from '../../store/sql.ts'
import { enqueue } from '../outbox/queue.ts'
import { newsOf } from './audience.ts'
import type { Params } from './news.ts'
import type { NotificationKind } from '#shared/contract/notification.ts'

/** Tells people what happened, in the transaction in which it happened. */
export const notify: Reactor = (events, db, now) => {
  for (const event of events) {
    const order = orderOf(event)
    for (const { kind, users, params: told, channels } of newsOf(event, db, now)) {
      for (const { user, insteadOf } of users) {
        const params = insteadOf === undefined ? told : { ...told, insteadOf }
        tell(db, { event: event.id, user, kind, order, params, at: now })
        for (const channel of channels) {
          enqueue(db, { event: event.id, channel, recipient: user, payload: { kind, order: order ?? '', params } }, now)
        }
      }
    }
  }
}

/** News of a whole shift lead to no single order. */
export const orderOf = ({ subject }: StoredEvent): string | null => (subject.kind === 'workOrder' ? subject.id : null)

export interface Told {
  readonly event: string
  readonly user: string
  readonly kind: NotificationKind
  readonly order: string | null
  readonly params: Params
  /** UTC ms. */
  readonly at: number
}

/** Once for an event and a person. */
export function tell(db: WritableDb, told: Told): void {
  run(
    db,
    `INSERT INTO notification (id, event, user, kind, order_id, params, created_at) VALUES (?,?,?,?,?,?,?)
     ON CONFLICT (id) DO NOTHING`,
    `${told.event}.${told.user}`,
    told.event,
    told.user,
    told.kind,
    told.order,
    JSON.stringify(told.params),
    told.at,
  )
}
