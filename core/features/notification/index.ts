import { notificationsChanged } from '#shared/contract/notification.ts'
import { topic, type Feature } from '../../kernel/feature.ts'
import { all } from '../../store/sql.ts'
import { notificationQueries } from './queries.ts'
import { notify } from './reactor.ts'
import { markReading, readingCommands } from './reading.ts'
import { notificationServices } from './services.ts'

const changed = topic(notificationsChanged, (_touched, events, { db, now }) => {
  const users = new Set<string>()
  for (const event of events) {
    if (event.subject.kind === 'reading') users.add(event.subject.id)
    if (event.subject.kind !== 'workOrder' && event.subject.kind !== 'shiftHandover') continue
    const told = all<{ user: string }>(db, 'SELECT user FROM notification WHERE event = ?', event.id)
    for (const { user } of told) users.add(user)
  }
  return users.size > 0 ? { now, users: [...users], what: 'told' as const } : null
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
