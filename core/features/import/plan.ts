import type { EventDraft, Subject } from '#shared/domain/kernel/event.ts'
import type { CustomerEvents } from '#shared/domain/customer/fold.ts'
import type { WorkOrderEvents } from '#shared/domain/workOrder/events.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { CustomerState } from '#shared/domain/customer/fold.ts'
import type { Subjects } from '../../kernel/subjects.ts'
import { eventId, type CommandDrafts } from '../../store/eventLog.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { digest, type HistoryRow } from './readRow.ts'

/** What the rows before left of an order. */
interface Sight {
  registered: boolean
  fields: Record<string, unknown>
  owner: string | null
  reopened: number
  personal: Readonly<Record<string, string>>
  readonly erased: readonly string[]
}

/**
 * Turns rows into commands of prepared events. Their ids come from the mapping's name, the order's number and the
 * row itself, never from its line: the same row makes the same event in any file and at any time.
 */
export class Planner {
  readonly #source: string
  readonly #db: ReadableDb
  readonly #subjects: Subjects
  /** How often a row was met in this file, by the first 52 bits of its identity. */
  readonly #met = new Map<number, number>()
  /** What this run has written of. */
  readonly #customers = new Set<string>()
  readonly #orders = new Set<string>()
  /** Nothing of this source was in the log when the run began: no row needs asking for. */
  readonly #fresh: boolean
  /** Rows of an order that are in the log and in this file, and how many of them were met. */
  readonly #held = new Map<string, { total: number; met: number }>()

  constructor(source: string, db: ReadableDb, subjects: Subjects) {
    this.#source = source
    this.#db = db
    this.#subjects = subjects
    // '/' follows '.', so these two bound every id that begins with the source's name.
    this.#fresh = !one(db, 'SELECT 1 FROM event WHERE subject > ? AND subject < ? LIMIT 1', `workOrder:${source}.`, `workOrder:${source}/`)
  }

  get fresh(): boolean {
    return this.#fresh
  }

  /** The first pass over a file whose source is known already: which of its rows are in the log. */
  survey(row: HistoryRow): void {
    const command = this.#commandOf(row)
    if (!this.#exists(row.order, command)) return
    const held = this.#held.get(row.order)
    if (held) held.total += 1
    else this.#held.set(row.order, { total: 1, met: 0 })
  }

  /** Between the passes. */
  surveyed(): void {
    this.#met.clear()
  }

  /** The commands of these rows that are not in the log. Nothing may be written between this and their ingestion. */
  plan(rows: readonly HistoryRow[]): CommandDrafts[] {
    const prepared: CommandDrafts[] = []
    const sights = new Map<string, Sight>()
    for (const row of rows) {
      const command = this.#commandOf(row)
      const held = this.#held.get(row.order)
      if (held && this.#exists(row.order, command)) {
        held.met += 1
        continue
      }
      let sight = sights.get(row.order)
      if (!sight) sights.set(row.order, (sight = this.#sight(row.order)))
      this.#customer(row, prepared)
      if (!sight.registered) prepared.push(this.#registration(row, sight))
      // Later rows were taken in before this one: it tells what happened, not where the order stands.
      const overtaken = held !== undefined && held.met < held.total
      const events = overtaken ? [history(row, { to: null, sourceState: row.sourceState })] : step(row, sight)
      prepared.push({ commandId: command, events })
    }
    return prepared
  }

  #sight(order: string): Sight {
    const subject = workOrder(order)
    if (this.#fresh && !this.#orders.has(order)) {
      this.#orders.add(order)
      this.#subjects.expectNew(subject)
    }
    return sightOf(this.#subjects.load<WorkOrderState>(subject).state)
  }

  /** Counts the row, so that each row is asked for once a pass. */
  #commandOf(row: HistoryRow): string {
    const key = Number.parseInt(Buffer.from(row.identity, 'base64url').toString('hex', 0, 7), 16) % Number.MAX_SAFE_INTEGER
    const met = (this.#met.get(key) ?? 0) + 1
    this.#met.set(key, met)
    return met === 1 ? row.identity : `${row.identity}.${met}`
  }

  #exists(order: string, command: string): boolean {
    return one(this.#db, 'SELECT 1 FROM event WHERE id = ?', eventId(command, `workOrder:${order}`, 0)) !== undefined
  }

  #customer(row: HistoryRow, prepared: CommandDrafts[]): void {
    const { customer } = row
    if (!customer || this.#customers.has(customer.id)) return
    this.#customers.add(customer.id)
    const subject: Subject = { kind: 'customer', id: customer.id }
    if (this.#fresh) this.#subjects.expectNew(subject)
    if (this.#subjects.load<CustomerState>(subject).state.exists) return
    const data: CustomerEvents['customerRegistered'] = { name: customer.name, imported: { source: this.#source } }
    const event: EventDraft = { subject, type: 'customerRegistered', version: 1, data, at: row.firstContactAt ?? row.at }
    prepared.push({ commandId: digest(JSON.stringify([this.#source, 'customer', customer.name])), events: [event] })
  }

  #registration(row: HistoryRow, sight: Sight): CommandDrafts {
    const fields = { ...row.fields, ...(row.customer && { customer: row.customer.id }) }
    const at = row.firstContactAt ?? row.at
    const isPersonal = Object.keys(row.personal).length > 0
    const data: WorkOrderEvents['orderRegistered'] = {
      number: row.number,
      fields,
      ...(isPersonal && { personalFields: Object.keys(row.personal) }),
      firstContactAt: at,
      channel: row.channel,
      entered: null,
      owner: row.owner ?? null,
      promise: null,
      imported: { source: this.#source },
    }
    sight.registered = true
    sight.fields = { ...fields, ...sight.fields }
    sight.owner ??= data.owner
    sight.personal = row.personal
    const event: EventDraft = {
      subject: workOrder(row.order),
      type: 'orderRegistered',
      version: 1,
      data,
      at,
      ...(isPersonal && { personal: { of: personOf(row), data: row.personal } }),
    }
    return { commandId: digest(JSON.stringify([this.#source, 'order', row.number])), events: [event] }
  }
}

const workOrder = (id: string): Subject => ({ kind: 'workOrder', id })

const personOf = (row: HistoryRow): string => (row.customer ? `customer:${row.customer.id}` : `workOrder:${row.order}`)

const sightOf = (state: WorkOrderState): Sight => ({
  registered: state.registered,
  fields: { ...state.fields },
  owner: state.owner,
  reopened: state.reopenCount,
  personal: state.personal,
  erased: state.erased,
})

function history(row: HistoryRow, data: WorkOrderEvents['historyRecorded']): EventDraft {
  return { subject: workOrder(row.order), type: 'historyRecorded', version: 1, data, at: row.at }
}

/** The row as it moves the order on; only what changed is written. */
function step(row: HistoryRow, sight: Sight): EventDraft[] {
  const fields: Record<string, string> = {}
  for (const [field, value] of Object.entries(row.fields)) if (sight.fields[field] !== value) fields[field] = value
  if (row.customer && sight.fields['customer'] !== row.customer.id) fields['customer'] = row.customer.id
  const reopened = row.reopened > sight.reopened
  const owner = row.owner !== undefined && row.owner !== sight.owner
  const events = [
    history(row, {
      to: row.to,
      sourceState: row.sourceState,
      ...(reopened && { reopened: true }),
      ...(Object.keys(fields).length > 0 && { fields }),
      ...(owner && { owner: row.owner }),
    }),
  ]
  const person = personalChange(row, sight)
  if (person) events.push(person)
  Object.assign(sight.fields, fields)
  if (owner) sight.owner = row.owner ?? null
  if (reopened) sight.reopened += 1
  return events
}

/** What the law bade forget is not learnt again from an old file. */
function personalChange(row: HistoryRow, sight: Sight): EventDraft | undefined {
  const changed = Object.entries(row.personal).filter(
    ([field, value]) => sight.personal[field] !== value && !sight.erased.includes(field),
  )
  if (changed.length === 0) return undefined
  const data: WorkOrderEvents['fieldsChanged'] = { changes: changed.map(([field]) => ({ field })) }
  const values = changed.map(([field, value]) => [field, { old: sight.personal[field] ?? null, new: value }] as const)
  sight.personal = { ...sight.personal, ...row.personal }
  return {
    subject: workOrder(row.order),
    type: 'fieldsChanged',
    version: 1,
    data,
    at: row.at,
    personal: { of: personOf(row), data: Object.fromEntries(values) },
  }
}
