import { readNotices } from '#shared/contract/notification.ts'
import type { ReadingEvent } from '#shared/domain/notification/readingFold.ts'
import type { EventDraft, StoredEvent } from '#shared/domain/kernel/event.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { handler, type Reactor } from '../../kernel/pipeline.ts'
import { readState } from '../../kernel/readState.ts'
import { all, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'

/** What is read is read on every desk of the person: it goes through the log, and each desk marks its own notices. */
export const readingCommands = [
  handler(readNotices, ({ ids }, { db, actor }) => {
    const heads = (): Record<string, number> =>
      Object.fromEntries(all<{ origin: string; seq: number }>(db, 'SELECT origin, seq FROM chain_head').map(({ origin, seq }) => [origin, seq]))
    const draft = (event: Pick<ReadingEvent, 'type'> & { data: EventDraft['data'] }): EventDraft => ({ subject: { kind: 'reading', id: actor.id }, version: 1, ...event })
    const read = (ids: string[]): EventDraft => draft({ type: 'noticesRead', data: { ids } })
    if (ids) return accept({ events: [read(ids)], answer: {} })
    const beside = all<{ id: string }>(db, BESIDE_LOG, actor.id).map(({ id }) => id)
    return accept({ events: [draft({ type: 'noticesSeen', data: { heads: heads() } }), ...(beside.length > 0 ? [read(beside)] : [])], answer: {} })
  }),
]

/** A report, a message that could not be sent: of no event, hence beyond no head of a chain. */
const BESIDE_LOG = `
  SELECT id FROM notification WHERE user = ? AND read_at IS NULL AND NOT EXISTS (SELECT 1 FROM event WHERE event.id = notification.event)
  ORDER BY id`

const MARK_IDS = `
  UPDATE notification SET read_at = :at
  WHERE user = :user AND read_at IS NULL AND id IN (SELECT value FROM json_each(:ids))`
const MARK_SEEN = `
  UPDATE notification SET read_at = :at
  WHERE user = :user AND read_at IS NULL AND EXISTS (
    SELECT 1 FROM event JOIN json_each(:heads) AS head ON head.key = event.origin
    WHERE event.id = notification.event AND event.seq <= head.value)`

export function applyReading(db: WritableDb, stored: StoredEvent): void {
  const event = stored as ReadingEvent
  const mark = { user: event.subject.id, at: event.at }
  if (event.type === 'noticesRead') run(db, MARK_IDS, { ...mark, ids: JSON.stringify(event.data.ids) })
  else if (event.type === 'noticesSeen') run(db, MARK_SEEN, { ...mark, heads: JSON.stringify(event.data.heads) })
}

export const markReading: Reactor = (events, db) => {
  for (const event of events) if (event.subject.kind === 'reading') applyReading(db, event)
}

/** Whether somebody read on another desk what arrives here only now. */
export function wasRead(db: ReadableDb, { id, origin, seq }: StoredEvent, user: string): boolean {
  const { heads, ids } = readState(db, 'reading', user).state
  return seq <= (heads[origin] ?? 0) || ids.includes(`${id}.${user}`)
}
