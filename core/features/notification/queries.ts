import { listNotifications, type Notification } from '#shared/contract/notification.ts'
import { query } from '../../kernel/feature.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'

type Row = Omit<Notification, 'params'> & { readonly params: string }

const PAGE = `
  SELECT n.id, n.kind, n.order_id AS "order", w.number, n.params, n.created_at AS createdAt, n.read_at AS readAt,
    n.acknowledged_at AS acknowledgedAt
  FROM notification AS n LEFT JOIN work_order AS w ON w.id = n.order_id
  WHERE n.user = @user AND (@before IS NULL OR (n.created_at, n.id) < (SELECT created_at, id FROM notification WHERE id = @before))
    AND (@unreadOnly = 0 OR n.read_at IS NULL)
  ORDER BY n.created_at DESC, n.id DESC LIMIT @limit`

export const unreadOf = (db: ReadableDb, user: string): number =>
  one<{ unread: number }>(db, 'SELECT count(*) AS unread FROM notification WHERE user = ? AND read_at IS NULL', user)
    ?.unread ?? 0

export const notificationQueries = [
  query(listNotifications, ({ unreadOnly, before, limit }, { db, now, principal }) => {
    const user = principal.actor.id
    const rows = all<Row>(db, PAGE, { user, before: before ?? null, unreadOnly: unreadOnly ? 1 : 0, limit })
    const notifications = rows.map((row) => ({ ...row, params: JSON.parse(row.params) as Notification['params'] }))
    return { now, unread: unreadOf(db, user), notifications }
  }),
]
