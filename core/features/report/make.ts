import { previewReport, type ReportContent } from '#shared/contract/report.ts'
import { whoIsCalled } from '#shared/domain/workOrder/called.ts'
import type { Principal } from '../../kernel/access.ts'
import type { Ask } from '../../kernel/feature.ts'
import { all, one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'
import { peopleOf } from '../escalation/people.ts'
import { tell } from '../notification/reactor.ts'
import { enqueue } from '../outbox/queue.ts'
import { peopleOf as namesOf } from '../people.ts'

export const SCHEDULER = 'scheduler'
/** Beyond so many the oldest go. */
const KEPT = 800
const READERS = ['supervisor', 'director'] as const

/** Makes a report of now, keeps it and tells supervisors and directors through program and outbox. @param by a user, or the scheduler */
export async function makeReport(db: WritableDb, ask: Ask, by: Principal): Promise<string> {
  const { id } = by.actor
  const content = await ask(previewReport, {}, by)
  return keep(db, { ...content, madeBy: { id, name: id === SCHEDULER ? SCHEDULER : namesOf(db)(id).name } })
}

function keep(db: WritableDb, content: Omit<ReportContent, 'number'>): string {
  const { madeAt: now } = content
  let number = ''
  db.raw
    .transaction(() => {
      number = numberFor(db, content.day)
      const text = JSON.stringify({ number, ...content })
      run(db, 'INSERT INTO daily_report (number, day, made_at, made_by, content) VALUES (?,?,?,?,?)', number, content.day, now, content.madeBy.id, text)
      run(db, `DELETE FROM daily_report WHERE number NOT IN (SELECT number FROM daily_report ORDER BY made_at DESC, number DESC LIMIT ${KEPT})`)
      const params = { report: number, day: content.day, open: content.open.length, threatened: content.threatened.length }
      for (const user of readersOf(db, now)) {
        if (user === content.madeBy.id) continue
        const event = `report:${number}`
        tell(db, { event, user, kind: 'dailyReport', order: null, params, at: now })
        enqueue(db, { event, channel: 'chat', recipient: user, payload: { kind: 'dailyReport', order: null, params } }, now)
      }
    })
    .immediate()
  return number
}

function readersOf(db: ReadableDb, now: number): string[] {
  const people = peopleOf(db)
  return [...new Set(READERS.flatMap((role) => whoIsCalled(role, people, now, null).called.map(({ user }) => user)))]
}

/** `UW-20261122-1`: the day, and which of that day. */
function numberFor(db: ReadableDb, day: string): string {
  const made = one<{ n: number }>(db, 'SELECT count(*) AS n FROM daily_report WHERE day = ?', day)?.n ?? 0
  return `UW-${day.replaceAll('-', '')}-${made + 1}`
}

export const wasMade = (db: ReadableDb, day: string): boolean =>
  one(db, 'SELECT 1 FROM daily_report WHERE day = ? AND made_by = ?', day, SCHEDULER) !== undefined

/** Without a number, the newest; undefined: there is none. */
export function readStored(db: ReadableDb, number?: string): ReportContent | undefined {
  const row = one<{ content: string }>(
    db,
    'SELECT content FROM daily_report WHERE ? IS NULL OR number = ? ORDER BY made_at DESC, number DESC LIMIT 1',
    number ?? null,
    number ?? null,
  )
  return row && (JSON.parse(row.content) as ReportContent)
}

export const listStored = (db: ReadableDb, limit: number) =>
  all<{ number: string; day: string; madeAt: number; madeBy: string; open: number; threatened: number }>(
    db,
    `SELECT number, day, made_at AS madeAt, content ->> '$.madeBy.name' AS madeBy,
       json_array_length(content, '$.open') AS open, json_array_length(content, '$.threatened') AS threatened
     FROM daily_report ORDER BY made_at DESC, number DESC LIMIT ?`,
    limit,
  )
