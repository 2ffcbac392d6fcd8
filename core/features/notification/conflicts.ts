import { subjectKey, type StoredEvent, type Subject } from '#shared/domain/kernel/event.ts'
import { all, type WritableDb } from '../../store/sql.ts'
import { tell } from './reactor.ts'

const RECENT_MS = 7 * 86_400_000

/**
 * Tells whoever lost a decision to another desk that it was lost (DESIGN §4: nothing is dropped silently). It comes
 * out when events of that desk arrive, so it runs after their commit and not as a reactor of a command.
 */
export function tellOfConflicts(
  db: WritableDb,
  origin: string,
  touched: readonly Subject[],
  events: readonly StoredEvent[],
  now: number,
): void {
  if (events.every((event) => event.origin === origin)) return
  for (const subject of touched) {
    const lost = all<{ order_id: string; event: string; type: string; actor: string; code: string }>(
      db,
      `SELECT lost.order_id, lost.event, lost.type, lost.actor, lost.code FROM order_conflict AS lost
       JOIN user_account AS u ON u.id = lost.actor WHERE lost.subject = ? AND lost.at > ?`,
      subjectKey(subject),
      now - RECENT_MS,
    )
    for (const { order_id: order, event, type, actor, code } of lost) {
      tell(db, { event, user: actor, kind: 'conflict', order, params: { type, code }, at: now })
    }
  }
}
