import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import type { EngineerProfileEvents } from '#shared/domain/roster/profileFold.ts'
import type { ShiftMonthEvents } from '#shared/domain/roster/monthFold.ts'
import type { Span } from '#shared/domain/roster/types.ts'
import { instantIn, spanText } from '#shared/domain/roster/zoneTime.ts'
import type { UserEvents } from '#shared/domain/user/fold.ts'
import type { Reactor } from '../../kernel/pipeline.ts'
import { one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'
import { tell } from '../notification/reactor.ts'
import { enqueue } from '../outbox/queue.ts'
import { readSetting } from '../setting/read.ts'

/** What changed of an engineer's time: instants UTC ms, or a day of the company's zone. */
type Change =
  | { readonly what: 'shiftAdded' | 'shiftRemoved' | 'leaveAdded' | 'leaveWithdrawn'; readonly span: Span }
  | { readonly what: 'shiftMoved'; readonly span: Span; readonly was: Span }
  | { readonly what: 'rotationAdded' | 'rotationEnded' | 'dayOff' | 'dayOn'; readonly day: string }

interface News {
  readonly user: string
  readonly event: string
  readonly change: Change
}

/**
 * Tells an engineer in the transaction that his shifts or his leave change: in the program and through the outbox. Who
 * did it himself is not told, nor anyone of what is past.
 */
export const tellRoster: Reactor = (events, db, now) => {
  const news = joinedMoves(events.flatMap((event) => newsOf(event, db) ?? []))
  if (news.length === 0) return
  const zone = readSetting(db, 'company.timeZone')
  const actor = events[0]?.actor.id
  for (const { user, event, change } of news) {
    if (user === actor || isPast(change, zone, now)) continue
    const params = paramsOf(change, zone)
    tell(db, { event, user, kind: 'rosterChanged', order: null, params, at: now })
    if (!joinsWaiting(db, user)) enqueue(db, { event, channel: 'chat', recipient: user, payload: { kind: 'rosterChanged', order: '', params } }, now)
  }
}

function newsOf(event: StoredEvent, db: ReadableDb): News | null {
  const { subject, type, id, data } = event
  const of = (user: string, change: Change): News => ({ user, event: id, change })
  if (subject.kind === 'engineerProfile') {
    const said = data as EngineerProfileEvents['leaveAdded'] & EngineerProfileEvents['rotationAdded'] & EngineerProfileEvents['rotationEnded']
    if (type === 'leaveAdded' || type === 'leaveWithdrawn') return of(subject.id, { what: type, span: { from: said.from, to: said.to } })
    if (type === 'rotationAdded') return of(subject.id, { what: type, day: said.rotation.from })
    if (type === 'rotationEnded') return of(subject.id, { what: type, day: said.until })
  } else if (subject.kind === 'shiftMonth') {
    const user = subject.id.slice(0, subject.id.lastIndexOf('/'))
    const said = data as ShiftMonthEvents['shiftMoved'] & ShiftMonthEvents['rotationDaySkipped']
    const span = { from: said.from, to: said.to }
    if (type === 'shiftAdded') return of(user, { what: type, span })
    if (type === 'shiftMoved') return of(user, { what: type, span, was: said.old })
    if (type === 'rotationDaySkipped') return of(user, { what: said.skip ? 'dayOff' : 'dayOn', day: said.day })
    const gone = type === 'shiftRemoved' ? lastSaid<Span>(db, event, ['shiftAdded', 'shiftMoved'], said.shift) : null
    if (gone) return of(user, { what: 'shiftRemoved', span: { from: gone.from, to: gone.to } })
  } else if (subject.kind === 'user' && isEngineer(db, subject.id)) {
    const span = type === 'absenceSet' ? (data as UserEvents['absenceSet']) : type === 'absenceEnded' ? lastSaid<Span>(db, event, ['absenceSet']) : null
    if (span) return of(subject.id, { what: type === 'absenceSet' ? 'leaveAdded' : 'leaveWithdrawn', span: { from: span.from, to: span.to } })
  }
  return null
}

/** A shift that goes to another month is taken from one subject and given to another: one move. */
function joinedMoves(news: readonly News[]): News[] {
  const gone = news.find(({ change }) => change.what === 'shiftRemoved')
  const come = news.find(({ change, user }) => change.what === 'shiftAdded' && user === gone?.user)
  if (gone?.change.what !== 'shiftRemoved' || come?.change.what !== 'shiftAdded') return [...news]
  return [...news.filter((each) => each !== gone && each !== come), { ...come, change: { what: 'shiftMoved', span: come.change.span, was: gone.change.span } }]
}

function isPast(change: Change, zone: string, now: number): boolean {
  if ('day' in change) return change.what !== 'rotationAdded' && instantIn(zone, change.day, '23:59') < now
  return change.span.to <= now && !('was' in change && change.was.to > now)
}

function paramsOf(change: Change, zone: string): Record<string, string | number> {
  const { what } = change
  if ('day' in change) return { what, when: change.day, day: change.day }
  const { from, to } = change.span
  return { what, when: spanText(zone, change.span), fromAt: from, toAt: to, ...('was' in change && { wasFrom: change.was.from }) }
}

const isEngineer = (db: ReadableDb, user: string): boolean =>
  one(db, `SELECT 1 FROM user_account WHERE id = ? AND instr(roles, '"engineer"') > 0`, user) !== undefined

/** What an earlier event of the subject said of what is taken away now: the row is gone, the log tells. */
function lastSaid<Data>(db: ReadableDb, { subject }: StoredEvent, types: readonly string[], shift?: string): Data | null {
  const row = one<{ data: string }>(
    db,
    `SELECT json_extract(text, '$.data') AS data FROM event
     WHERE subject = :subject AND type IN (SELECT value FROM json_each(:types))
       AND (:shift IS NULL OR json_extract(text, '$.data.shift') = :shift) ORDER BY hlc DESC LIMIT 1`,
    { subject: `${subject.kind}:${subject.id}`, types: JSON.stringify(types), shift: shift ?? null },
  )
  return row ? (JSON.parse(row.data) as Data) : null
}

/** A whole month that is brought at once is one message: one that has not gone out yet speaks for what follows. */
const joinsWaiting = (db: WritableDb, recipient: string): boolean =>
  run(
    db,
    `UPDATE outbox SET payload = json_set(payload, '$.params', json_object('what', 'several', 'when', '', 'count', coalesce(json_extract(payload, '$.params.count'), 1) + 1))
     WHERE recipient = ? AND channel = 'chat' AND delivered_at IS NULL AND dead_at IS NULL AND attempts = 0
       AND json_extract(payload, '$.kind') = 'rosterChanged'`,
    recipient,
  ).changes > 0
