import { notificationsChanged } from '#shared/contract/notification.ts'
import { topic, type Feature } from '../../kernel/feature.ts'
import { all } from '../../store/sql.ts'
import { notificationQueries } from './queries.ts'
import { notify } from './reactor.ts'
import { markReading, readingCommands } from './reading.ts'
import { notificationServices } from './services.ts'

const changed = topic(notificationsChanged, (_touched, events, { db, now }) => {
  const told = new Set<string>()
  const readers = new Set<string>()
  for (const event of events) {
    if (event.subject.kind === 'reading') readers.add(event.subject.id)
    for (const { user } of all<{ user: string }>(db, 'SELECT user FROM notification WHERE event = ?', event.id)) told.add(user)
  }
  const users = [...new Set([...told, ...readers])]
  return users.length > 0 ? { now, users, what: told.size > 0 ? ('told' as const) : ('read' as const) } : null
})

export const notification: Feature = {
  name: 'notification',
  commands: readingCommands,
  queries: notificationQueries,
  projections: [],
  reactors: [notify, markReading],
  services: notificationServices,
  topics: [changed],
}
