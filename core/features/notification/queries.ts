import {
  getPreferences,
  listNotifications,
  NOTICE_FILTERS,
  type NoticeFilter,
  type Notification,
  type NotificationKind,
} from '#shared/contract/notification.ts'
import { query } from '../../kernel/feature.ts'
import { StalePage } from '../../kernel/place.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { preferencesOf } from './preferences.ts'
import { KEPT_DAYS } from './retention.ts'

type Row = Omit<Notification, 'params'> & { readonly params: string }

const PAGE = `
  SELECT n.id, n.kind, n.order_id AS "order", w.number, n.params, n.created_at AS createdAt, n.read_at AS readAt,
    n.acknowledged_at AS acknowledgedAt
  FROM notification AS n LEFT JOIN work_order AS w ON w.id = n.order_id
  WHERE n.user = @user AND (@before IS NULL OR (n.created_at, n.id) < (SELECT created_at, id FROM notification WHERE id = @before))
    AND (@unreadOnly = 0 OR n.read_at IS NULL) AND (@kinds IS NULL OR n.kind IN (SELECT value FROM json_each(@kinds)))
  ORDER BY n.created_at DESC, n.id DESC LIMIT @limit`

export const unreadOf = (db: ReadableDb, user: string): number =>
  one<{ unread: number }>(db, 'SELECT count(*) AS unread FROM notification WHERE user = ? AND read_at IS NULL', user)
    ?.unread ?? 0

function unreadByFilter(db: ReadableDb, user: string): Record<NoticeFilter, number> {
  const rows = all<{ kind: NotificationKind; unread: number }>(
    db,
    'SELECT kind, count(*) AS unread FROM notification WHERE user = ? AND read_at IS NULL GROUP BY kind',
    user,
  )
  const counts = Object.entries(NOTICE_FILTERS).map(([filter, kinds]: [string, readonly NotificationKind[]]) => [
    filter,
    rows.reduce((sum, { kind, unread }) => sum + (kinds.includes(kind) ? unread : 0), 0),
  ])
  return Object.fromEntries(counts) as Record<NoticeFilter, number>
}

export const notificationQueries = [
  query(listNotifications, ({ unreadOnly, about, before, limit }, { db, now, principal }) => {
    const user = principal.actor.id
    const kinds = about === 'all' ? null : JSON.stringify(NOTICE_FILTERS[about])
    // Forgotten meanwhile: what comes after it is not known any more.
    if (before !== undefined && !one(db, 'SELECT 1 FROM notification WHERE id = ? AND user = ?', before, user)) throw new StalePage()
    const rows = all<Row>(db, PAGE, { user, before: before ?? null, unreadOnly: unreadOnly ? 1 : 0, kinds, limit })
    const notifications = rows.map((row) => ({ ...row, params: JSON.parse(row.params) as Notification['params'] }))
    const counts = unreadByFilter(db, user)
    return { now, unread: counts.all, unreadOf: counts, notifications, keptDays: KEPT_DAYS }
  }),
  query(getPreferences, (_input, { db, now, principal }) => ({ now, ...preferencesOf(db, principal.actor.id) })),
]
