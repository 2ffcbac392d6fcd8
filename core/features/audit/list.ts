import type { AuditFilter, AuditRow } from '#shared/contract/audit.ts'
import { subjectKey, type StoredEvent, type Subject } from '#shared/domain/kernel/event.ts'
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
  readonly names: Record<string, string>
}
interface Request {
  readonly filter: AuditFilter
  readonly after?: string | undefined
  readonly limit: number
}

const EMPTY: Page = { rows: [], next: null, searchedTo: null, names: {} }

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
  const names = new Map<string, string>()
  for (const { data } of rows) collect(data, '', { names, person, label })
  return {
    rows,
    next: found.to && cursorOf(found.to),
    searchedTo: found.to && Math.floor(found.to.hlc / HLC_COUNTERS),
    names: Object.fromEntries(names),
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

/** Names of users, each looked up once; undefined: nobody has this id. */
function namesOf(db: ReadableDb): (id: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  return (id) => {
    if (!known.has(id)) known.set(id, one<{ name: string }>(db, 'SELECT display_name AS name FROM user_account WHERE id = ?', id)?.name)
    return known.get(id)
  }
}

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/
/** Fields that hold the id of another subject. */
const SUBJECTS: Readonly<Record<string, Subject['kind']>> = {
  customer: 'customer',
  equipment: 'equipment',
  machines: 'equipment',
  provider: 'serviceProvider',
  parent: 'serviceProvider',
  defect: 'knownDefect',
  knownDefect: 'knownDefect',
  order: 'workOrder',
  into: 'workOrder',
  after: 'workOrder',
  skill: 'skill',
}
interface Collected {
  readonly names: Map<string, string>
  readonly person: (id: string) => string | undefined
  readonly label: (subject: Subject) => string
}

/** What the ids in an event are called: of subjects by the field, of people wherever something reads like a login. */
function collect(value: unknown, field: string, into: Collected, depth = 0): void {
  if (typeof value === 'string') {
    const kind = SUBJECTS[field]
    const name = kind ? into.label({ kind, id: value }) : LOGIN.test(value) ? into.person(value) : undefined
    if (name !== undefined && name !== value) into.names.set(value, name)
  } else if (typeof value === 'object' && value !== null && depth < 4) {
    const named = 'field' in value ? String(value.field) : undefined
    for (const [key, part] of Object.entries(value)) {
      const isValue = Array.isArray(value) || key === 'old' || key === 'new'
      collect(part, isValue ? (named ?? field) : key, into, depth + 1)
    }
  }
}
