import { randomUUID } from 'node:crypto'
import { acknowledge, markRead, notificationsChanged, setPreferences } from '#shared/contract/notification.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { service, type ServiceContext } from '../../kernel/feature.ts'
import { all, one, run, type ReadableDb } from '../../store/sql.ts'
import { keepPreferences } from './preferences.ts'
import { unreadOf } from './queries.ts'

interface Mine {
  readonly kind: string
  readonly order_id: string | null
  readonly params: string
}

/** The other windows of a person show the same: what is read here is read there. */
const tellMyself = ({ bulletin, clock }: ServiceContext, user: string, what: 'read' | 'preferences'): void =>
  bulletin.tell(notificationsChanged, { now: clock(), users: [user], what })

/** Those that are unread yet, through the log: whoever has several desks reads a notice once. */
function recordReading({ db, pipeline, principal }: ServiceContext, user: string, ids: readonly string[] | undefined) {
  const unread = all<{ id: string }>(db, UNREAD, { user, ids: ids ? JSON.stringify(ids) : null }).map(({ id }) => id)
  if (unread.length === 0 || !principal) return null
  const input = ids ? { ids: unread } : {}
  const recorded = pipeline.execute({ id: randomUUID(), name: 'notification.read', input, actor: principal.actor })
  return recorded.ok ? null : recorded
}

const UNREAD = `
  SELECT id FROM notification WHERE user = @user AND read_at IS NULL AND (@ids IS NULL OR id IN (SELECT value FROM json_each(@ids)))
  ORDER BY id LIMIT 500`

/** Acknowledging is local to this desk; reading is an event, and so is acknowledging an escalation. */
export const notificationServices = [
  service(markRead, ({ ids }, context) => {
    const { db, principal } = context
    if (!principal) return refuse('unauthenticated')
    const user = principal.actor.id
    const refused = recordReading(context, user, ids)
    return refused ?? accept({ unread: unreadOf(db, user) })
  }),

  service(acknowledge, ({ id }, context) => {
    const { db, pipeline, principal, clock } = context
    if (!principal) return refuse('unauthenticated')
    const user = principal.actor.id
    const mine = one<Mine>(db, 'SELECT kind, order_id, params FROM notification WHERE id = ? AND user = ?', id, user)
    if (!mine) return refuse('unknownNotification', 'id')
    if (mine.kind === 'escalation') {
      const { visit, timer } = JSON.parse(mine.params) as { visit: string; timer: string }
      const acknowledged = pipeline.execute({
        id: `ack:${id}`,
        name: 'workOrder.acknowledgeEscalation',
        input: { order: mine.order_id, visit, timer },
        actor: principal.actor,
      })
      // Of an order that was closed meanwhile there is nothing left to acknowledge.
      if (!acknowledged.ok && isOpen(db, mine.order_id)) return acknowledged
    }
    run(db, 'UPDATE notification SET acknowledged_at = coalesce(acknowledged_at, @now) WHERE id = @id', { now: clock(), id })
    const refused = recordReading(context, user, [id])
    if (refused) return refused
    // Read before: the log has nothing new to tell the other windows.
    tellMyself(context, user, 'read')
    return accept({ unread: unreadOf(db, user) })
  }),

  service(setPreferences, ({ preferences }, context) => {
    const { db, principal, clock } = context
    if (!principal) return refuse('unauthenticated')
    keepPreferences(db, principal.actor.id, preferences, clock())
    tellMyself(context, principal.actor.id, 'preferences')
    return accept({})
  }),
]

const isOpen = (db: ReadableDb, order: string | null): boolean =>
  one(db, "SELECT 1 FROM work_order WHERE id = ? AND status = 'open'", order) !== undefined
