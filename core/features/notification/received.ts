import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import { one, type WritableDb } from '../../store/sql.ts'
import { newsOf } from './audience.ts'
import { orderOf, tell } from './reactor.ts'

/** What is older was told where it happened; a desk that joins late does not tell the past anew. */
const RECENT_MS = 7 * 86_400_000

/**
 * Tells people at this desk what happened at another one. The desk where it happened has sent the messages that leave
 * the house; here is only what stands in the program itself.
 */
export function tellOfReceived(db: WritableDb, origin: string, events: readonly StoredEvent[], now: number): void {
  for (const event of events) {
    if (event.origin === origin || event.at < now - RECENT_MS) continue
    for (const news of newsOf(event, db, now)) {
      for (const { user, insteadOf } of news.users) {
        if (!one(db, 'SELECT 1 FROM user_account WHERE id = ?', user)) continue
        const params = insteadOf === undefined ? news.params : { ...news.params, insteadOf }
        tell(db, { event: event.id, user, kind: news.kind, order: orderOf(event), params, at: now })
      }
    }
  }
}
