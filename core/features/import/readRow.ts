import { hash } from 'node:crypto'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import type { Channel, StageId } from '#shared/domain/workOrder/stages.ts'
import type { CsvRow } from './csv.ts'
import { dateReader } from './dates.ts'
import type { Mapping } from './mapping.ts'

/** One row of a foreign history in Loopdesk's words. */
export interface HistoryRow {
  readonly order: string
  readonly number: string
  /** UTC ms. */
  readonly at: number
  readonly to: StageId | 'closed'
  readonly sourceState: string
  readonly firstContactAt: number | null
  readonly channel: Channel
  readonly customer: { readonly id: string; readonly name: string } | null
  readonly owner: string | null | undefined
  readonly reopened: number
  readonly personal: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
  /** Tells the row from others of the file whatever line it stands on. */
  readonly identity: string
}

/** Why a row is not taken; `detail` is the column or the value that says it. */
export interface Reject {
  readonly reason: string
  readonly detail?: string
}

/** `later`: after the moment up to which the history is wanted. */
export type ReadRow = HistoryRow | Reject | 'later'

const SIMPLE = /^[A-Za-z0-9_-]{1,40}$/
const LONGEST_VALUE = 20_000

/** An id of a subject made of a foreign name: readable where it can be. */
const foreignId = (source: string, name: string): string =>
  SIMPLE.test(name) ? `${source}.${name}` : `${source}..${digest(name)}`

export const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22)

/** Refuses with `columnMissing` or `columnTwice` where the first line does not hold what the mapping names. */
export function rowReader(mapping: Mapping, header: readonly string[], asOf: number): Result<(row: CsvRow) => ReadRow> {
  const { columns, dates, name: source } = mapping
  const named = [...namedColumns(mapping)]
  for (const [field, column] of named) {
    if (!header.includes(column)) return refuse('columnMissing', field, { column })
    if (header.indexOf(column) !== header.lastIndexOf(column)) return refuse('columnTwice', field, { column })
  }
  const at = (column: string | undefined): number => (column === undefined ? -1 : header.indexOf(column))
  const missing = new Set([...mapping.missing, ''])
  const date = dateReader(dates.format, dates.zone)
  const states = new Map(Object.entries(mapping.states))
  const channels = new Map(Object.entries(mapping.values.channel))
  const priorities = new Map(Object.entries(mapping.values.priority))
  const place = {
    number: at(columns.number),
    time: at(columns.time),
    state: at(columns.state),
    firstContactAt: at(columns.firstContactAt),
    channel: at(columns.channel),
    customer: at(columns.customer),
    owner: at(columns.owner),
    reopened: at(columns.reopened),
  }
  const personal = Object.entries(columns.personal).map(([field, column]) => [field, at(column)] as const)
  const fields = Object.entries(columns.fields).map(([field, column]) => [field, at(column)] as const)
  const used = [...new Set(named.map(([, column]) => at(column)))]
  const private_ = new Set(personal.map(([, index]) => index))
  const identity = mapping.identity?.map(at) ?? header.map((_, index) => index).filter((index) => !private_.has(index))

  return accept((row) => {
    if (row.flaw) return { reason: row.flaw }
    const { values } = row
    const get = (index: number): string | undefined => {
      const value = index < 0 ? undefined : values[index]?.trim()
      return value === undefined || missing.has(value) ? undefined : value
    }
    for (const index of used) {
      const flaw = flawOf(values[index] as string)
      if (flaw) return { reason: flaw, detail: header[index] as string }
    }
    const number = get(place.number)
    if (number === undefined) return { reason: 'numberMissing' }
    const time = get(place.time)
    const happened = time === undefined ? undefined : date(time)
    if (happened === undefined) return { reason: 'badDate', detail: `${columns.time} ${time ?? ''}` }
    if (happened > asOf) return 'later'
    const state = get(place.state)
    const to = state === undefined ? undefined : states.get(state)
    if (state === undefined || to === undefined) return { reason: 'unknownState', detail: state ?? '' }
    const contact = get(place.firstContactAt)
    const firstContactAt = contact === undefined ? null : date(contact)
    if (firstContactAt === undefined) return { reason: 'badDate', detail: `${String(columns.firstContactAt)} ${contact ?? ''}` }
    const reopened = Number(get(place.reopened) ?? 0)
    if (!Number.isInteger(reopened) || reopened < 0) return { reason: 'badNumber', detail: String(columns.reopened) }
    const customer = get(place.customer)
    const found: Record<string, string> = {}
    for (const [field, index] of fields) {
      const value = get(index)
      const word = field === 'priority' && value !== undefined ? priorities.get(value) : value
      if (word !== undefined) found[field] = word
    }
    const about: Record<string, string> = {}
    for (const [field, index] of personal) {
      const value = get(index)
      if (value !== undefined) about[field] = value
    }
    return {
      order: foreignId(source, number),
      number,
      at: happened,
      to,
      sourceState: state,
      firstContactAt,
      channel: channels.get(get(place.channel) ?? '') ?? 'other',
      customer: customer === undefined ? null : { id: foreignId(source, customer), name: customer },
      owner: place.owner < 0 ? undefined : (get(place.owner) ?? null),
      reopened,
      personal: about,
      fields: found,
      identity: digest(JSON.stringify([source, number, happened, ...identity.map((index) => values[index])])),
    }
  })
}

/** Each column that the mapping names, by the mapping's own field. */
function* namedColumns({ columns, identity }: Mapping): Generator<[string, string]> {
  const { personal, fields, ...single } = columns
  for (const [field, column] of Object.entries(single)) if (column !== undefined) yield [`columns.${field}`, column]
  for (const [field, column] of Object.entries(personal)) yield [`columns.personal.${field}`, column]
  for (const [field, column] of Object.entries(fields)) yield [`columns.fields.${field}`, column]
  for (const column of identity ?? []) yield ['identity', column]
}

export const columnsOf = (mapping: Mapping): string[] => [...namedColumns(mapping)].map(([, column]) => column)

/** U+FFFD stands where bytes were not of the encoding that the mapping names. */
function flawOf(value: string): string | undefined {
  if (value.length > LONGEST_VALUE) return 'valueTooLong'
  if (value.includes('\0')) return 'uncleanText'
  return value.includes('\uFFFD') ? 'badEncoding' : undefined
}
