import type { AuditFilter, AuditRow } from '#shared/contract/audit.ts'
import { subjectKey, type StoredEvent } from '#shared/domain/kernel/event.ts'
import { HLC_COUNTERS } from '#shared/domain/kernel/hlc.ts'
import { may, type Principal } from '../../kernel/access.ts'
import { decode, type EventRow, type Place } from '../../store/eventLog.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { BACKDATED_AFTER } from './blocks.ts'
import { labelsOf } from './labels.ts'
import { searchLog } from './search.ts'

interface Page {
  readonly rows: AuditRow[]
  readonly next: string | null
  readonly searchedTo: number | null
  readonly people: Record<string, string>
}
interface Request {
  readonly filter: AuditFilter
  readonly after?: string | undefined
  readonly limit: number
}

const EMPTY: Page = { rows: [], next: null, searchedTo: null, people: {} }

/** One page of the audit, newest first. What is not for this principal to see is left out and named as such. */
export function readAuditPage(db: ReadableDb, principal: Principal, { filter, after, limit }: Request): Page {
  const subject = subjectOf(db, filter)
  if (subject === null) return EMPTY
  const place = after === undefined ? undefined : parsePlace(after)
  const found = searchLog(db, filter, { limit, ...(place && { after: place }), ...(subject !== undefined && { subject }) })
  const label = labelsOf(db)
  const person = namesOf(db)
  const seesPersons = may(principal, { action: 'change', subject: 'Customer' })
  const rows = found.rows.map((row) => {
    const event = decode(db, row)
    return { ...rowOf(db, event, row, seesPersons), subject: { ...event.subject, label: label(event.subject) }, actor: { ...event.actor, name: person(event.actor.id) ?? event.actor.id } }
  })
  for (const { data } of rows) mention(data, person)
  return {
    rows,
    next: found.to && cursorOf(found.to),
    searchedTo: found.to && Math.floor(found.to.hlc / HLC_COUNTERS),
    people: person.known(),
  }
}

/** The one subject that is asked for; null: there is no such order; undefined: any. */
function subjectOf(db: ReadableDb, { subject, number }: AuditFilter): string | null | undefined {
  if (number === undefined || number === '') return subject && subjectKey(subject)
  const order = one<{ id: string }>(db, 'SELECT id FROM work_order WHERE number = ?', number.toUpperCase())
  return order ? subjectKey({ kind: 'workOrder', id: order.id }) : null
}

function rowOf(db: ReadableDb, event: StoredEvent, row: EventRow, seesPersons: boolean): Omit<AuditRow, 'subject' | 'actor'> {
  const { id, origin, seq, at, recordedAt, type, data, personal, actor } = event
  const isColleague = event.subject.kind === 'user'
  const hidden = personal !== undefined && personal !== null && !isColleague && !seesPersons
  return {
    id,
    origin,
    seq,
    hash: row.hash.toString('hex'),
    at,
    recordedAt,
    type,
    backdated: actor.kind === 'user' && recordedAt - at > BACKDATED_AFTER,
    lost: one<{ code: string }>(db, 'SELECT code FROM order_conflict WHERE subject = ? AND event = ?', subjectKey(event.subject), id)?.code ?? null,
    data: data as AuditRow['data'],
    ...(personal !== undefined && !hidden && { personal: personal as AuditRow['personal'] }),
    hidden,
  }
}

const cursorOf = ({ hlc, seq, origin }: Place): string => `${hlc}.${seq}.${origin}`

function parsePlace(cursor: string): Place {
  const [hlc = '0', seq = '0', ...origin] = cursor.split('.')
  return { hlc: Number(hlc), seq: Number(seq), origin: origin.join('.') }
}

interface Names {
  (id: string): string | undefined
  known(): Record<string, string>
}

/** Names of users, each looked up once. */
function namesOf(db: ReadableDb): Names {
  const names = new Map<string, string | undefined>()
  const find = (id: string): string | undefined => {
    if (!names.has(id)) {
      names.set(id, one<{ name: string }>(db, 'SELECT display_name AS name FROM user_account WHERE id = ?', id)?.name)
    }
    return names.get(id)
  }
  const known = (): Record<string, string> =>
    Object.fromEntries([...names].flatMap(([id, name]) => (name === undefined ? [] : [[id, name]])))
  return Object.assign(find, { known })
}

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/

/** Whatever reads like a login may be one: owner, deputy, engineer, those who were called. */
function mention(value: unknown, person: Names, depth = 0): void {
  if (typeof value === 'string') {
    if (LOGIN.test(value)) person(value)
  } else if (typeof value === 'object' && value !== null && depth < 4) {
    for (const part of Object.values(value)) mention(part, person, depth + 1)
  }
}
