import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { CHANNELS, PRIORITIES, STAGES } from '#shared/domain/workOrder/stages.ts'
import { isDateFormat } from './dates.ts'

const SHIPPED = fileURLToPath(new URL('../../../resources/mappings/', import.meta.url))

const column = z.string().min(1).max(200)
const value = z.string().max(200)

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label)
    return true
  } catch {
    return false
  }
}

/** How the history of one ticket system reads. Columns are named as in the first line of its file. */
const mappingSchema = z.strictObject({
  /** Names the source in every order, event and id: the same file under another name is another history. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  /** Any encoding of the WHATWG standard; a byte order mark in the file goes before. */
  encoding: z.string().refine(isEncoding, 'not a known encoding').default('utf-8'),
  /** Absent: whichever of comma, semicolon and tab makes the first line hold the columns. */
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  /** What stands for "no value", besides nothing at all. */
  missing: z.array(value).default([]),
  dates: z.strictObject({
    /** ISO, or made of YYYY M D H h m s A (doubled: with leading zero), fractions of a second as S. */
    format: z.string().max(40).refine(isDateFormat, 'not a date format'),
    zone: z.string().refine(isZone, 'not an IANA time zone'),
  }),
  columns: z.strictObject({
    number: column,
    /** When the row happened. */
    time: column,
    state: column,
    /** Absent, or empty in a row: the time of the order's first row. */
    firstContactAt: column.optional(),
    channel: column.optional(),
    customer: column.optional(),
    owner: column.optional(),
    /** A counter: a row where it stands higher than before says that the order was reopened. */
    reopened: column.optional(),
    /** Values about a person, kept apart from the hashed text. */
    personal: z.partialRecord(z.enum(['contactName', 'contactPhone', 'siteAddress']), column).default({}),
    /** Fields of the order, by their name in Loopdesk. */
    fields: z
      .record(z.string().regex(/^(?!customer$|contactName$|contactPhone$|siteAddress$)[a-z][A-Za-z0-9]{0,39}$/), column)
      .default({}),
  }),
  /**
   * Columns that, with the number, tell one row from another; absent: all but the personal ones. Name them where an
   * export writes later knowledge into earlier rows, which would otherwise look like new rows.
   */
  identity: z.array(column).min(1).optional(),
  states: z.record(value, z.enum([...STAGES, 'closed'])),
  /** Their values in Loopdesk's words. A channel not named is `other`, a priority not named is none. */
  values: z
    .strictObject({
      channel: z.record(value, z.enum(CHANNELS)).default({}),
      priority: z.record(value, z.enum(PRIORITIES)).default({}),
    })
    .prefault({}),
})

export type Mapping = z.output<typeof mappingSchema>

export function parseMapping(input: unknown): Result<Mapping> {
  const parsed = mappingSchema.safeParse(input)
  if (parsed.success) return accept(parsed.data)
  const issue = parsed.error.issues[0]
  const path = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]
  return refuse('mappingInvalid', path.join('.') || undefined, { reason: issue?.message ?? '' })
}

const shippedMappings = (): string[] =>
  readdirSync(SHIPPED)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort()

/** `servicenow`, or a file ending in .json. */
export function loadMapping(nameOrFile: string): Result<Mapping> {
  const shipped = shippedMappings()
  const file = shipped.includes(nameOrFile) ? `${SHIPPED}${nameOrFile}.json` : nameOrFile
  if (!file.endsWith('.json') || !existsSync(file)) return refuse('mappingUnknown', 'mapping', { name: nameOrFile, known: shipped })
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return refuse('mappingInvalid', undefined, { reason: (error as Error).message })
  }
  return parseMapping(json)
}
