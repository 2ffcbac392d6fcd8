import * as z from 'zod'
import { isCleanText } from '../kernel/canonical.ts'
import { DEFAULT_WEIGHTS } from '../dispatch/problem.ts'
import { tileOrigin } from '../dispatch/tiles.ts'
import { EDGES } from '../perceivedTime/pieces.ts'
import { STAGES, type StageId } from '../workOrder/stages.ts'

/**
 * What an administrator sets for the whole service center. A setting is one line here: its name, its schema and the
 * value that holds until somebody changes it. Adding one needs no migration; one that is never read again may go.
 */

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const plainLine = (max: number) => z.string().trim().max(max).refine(isCleanText)
const zone = z.string().max(60).refine(isZone, { message: 'no such time zone' })
/** Length in ms: whole minutes, up to 31 days. */
const span = z.number().int().min(MINUTE).max(31 * 24 * HOUR).multipleOf(MINUTE)
/** Time of day in the zone of the company. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const wipLimit = z.number().int().min(1).max(9999).nullable()

const wipLimits = z.object(perStage(() => wipLimit))
/** Hits are sums of whole buckets: a limit is an edge of them, ms. */
const limit = span.refine((ms) => EDGES.includes(ms), { message: 'no edge of the histogram' })
const perceivedLimits = z.object({ response: limit, decision: limit, execution: limit, confirmation: limit })
const WALL_PAGES = ['board', 'workload', 'perceived'] as const

const weight = z.number().min(0).max(100_000)

const define = <Schema extends z.ZodType>(schema: Schema, value: z.infer<Schema>) => ({ schema, default: value })

export const SETTINGS = {
  'company.name': define(plainLine(80), ''),
  /** Days, months and every time on screen are told in it (METRICS, "Time"). */
  'company.timeZone': define(zone, 'Asia/Shanghai'),
  /** For whoever has chosen none. */
  'company.language': define(z.enum(['zh-CN', 'en']), 'zh-CN'),
  /** Most open orders that a column should hold; null: no limit. */
  'board.wipLimits': define(wipLimits, perStage(() => null)),
  /** METRICS, "Perceived time"; ms. */
  'perceived.limits': define(perceivedLimits, {
    response: 15 * MINUTE,
    decision: 2 * HOUR,
    execution: 24 * HOUR,
    confirmation: 4 * HOUR,
  }),
  /** When the daily upgrade-warning report is made. */
  'report.time': define(timeOfDay, '07:30'),
  'wall.pages': define(z.array(z.enum(WALL_PAGES)).min(1).max(WALL_PAGES.length).refine(isDistinct), [...WALL_PAGES]),
  'wall.rotationSeconds': define(z.number().int().min(5).max(3600), 30),
  'wall.sound': define(z.boolean(), true),
  /** What holds for whoever has not chosen otherwise. */
  'notification.sound': define(z.boolean(), true),
  /** When nothing sounds, unless a promise breaks; null: never. */
  'notification.quietHours': define(z.object({ from: timeOfDay, to: timeOfDay }).nullable(), null),
  /** What a plan weighs, in minutes of travel (shared/domain/dispatch/problem.ts). */
  'dispatch.weights': define(
    z.object({ travel: weight, late: weight, overtime: weight, unserved: weight, fairness: weight, change: weight, priority: weight }),
    DEFAULT_WEIGHTS,
  ),
  /** How ways are reckoned where no table of ways is there: the bee line × road factor ÷ speed. */
  'dispatch.travel': define(z.object({ roadFactor: z.number().min(1).max(5), speedKmh: z.number().min(5).max(130) }), {
    roadFactor: 1.35,
    speedKmh: 40,
  }),
  /** Pictures of the map, with {z}, {x} and {y}; empty: the map is drawn without a server. */
  'dispatch.tileUrl': define(plainLine(300).refine(isTileUrl, { message: 'no address of tiles' }), ''),
} as const

export type SettingName = keyof typeof SETTINGS
export type SettingValue<Name extends SettingName> = z.infer<(typeof SETTINGS)[Name]['schema']>
export type SettingValues = { readonly [Name in SettingName]: SettingValue<Name> }

export const SETTING_NAMES = Object.keys(SETTINGS) as [SettingName, ...SettingName[]]

/** What is stored, where this program understands it, and otherwise the default. */
export function settingOf<Name extends SettingName>(name: Name, stored: unknown): SettingValue<Name> {
  const parsed = SETTINGS[name].schema.safeParse(stored)
  return (parsed.success ? parsed.data : SETTINGS[name].default) as SettingValue<Name>
}

export const defaultSettings = (): SettingValues =>
  Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].default])) as SettingValues

function perStage<Value>(value: () => Value): Record<StageId, Value> {
  return Object.fromEntries(STAGES.map((stage) => [stage, value()])) as Record<StageId, Value>
}

function isTileUrl(url: string): boolean {
  // Of a place that no rule of content can name the browser would show nothing, and nobody would know why.
  const isNamed = /^https?:\/\/[^\s{}/]+\/\S*$/i.test(url) && tileOrigin(url) !== ''
  return url === '' || (isNamed && ['{z}', '{x}', '{y}'].every((part) => url.includes(part)))
}

function isDistinct(list: readonly unknown[]): boolean {
  return new Set(list).size === list.length
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
