import * as z from 'zod'

/** How somebody wants to be told: what sounds, how loud, and when nothing does. Kept on the desk, for one person. */

export const SOUNDS = ['none', 'chime', 'knock', 'alarm'] as const
export type Sound = (typeof SOUNDS)[number]

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** ISO 8601: 1 is Monday. */
const weekday = z.number().int().min(1).max(7)

export const noticePreferences = z.object({
  sound: z.boolean(),
  /** Per cent. */
  volume: z.number().int().min(0).max(100),
  /** By kind of notification; a kind that is not here has its default. */
  sounds: z.record(z.string().max(40), z.enum(SOUNDS)),
  /** A message of the operating system beside the sound. */
  system: z.boolean(),
  /** Do not disturb, every week, in the time zone of the company; it may reach past midnight. Null: never. */
  quietHours: z.object({ from: timeOfDay, to: timeOfDay, days: z.array(weekday).min(1).max(7) }).nullable(),
  /** Do not disturb until then, UTC ms. */
  quietUntil: z.number().int().min(0).max(8.64e15).nullable(),
  /** A promise that is broken up to the director is heard all the same. */
  directorPasses: z.boolean(),
})
export type NoticePreferences = z.infer<typeof noticePreferences>

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const DEFAULT_SOUNDS: Readonly<Record<string, Sound>> = {
  escalation: 'alarm',
  promiseBroken: 'alarm',
  complaint: 'alarm',
  handover: 'knock',
  shiftOffered: 'knock',
  conflict: 'knock',
}

/** @param company what holds for whoever has not chosen: the settings `notification.sound` and `.quietHours` */
export const defaultPreferences = (company: {
  readonly sound: boolean
  readonly quietHours: { readonly from: string; readonly to: string } | null
}): NoticePreferences => ({
  sound: company.sound,
  volume: 60,
  sounds: {},
  system: true,
  quietHours: company.quietHours && { ...company.quietHours, days: EVERY_DAY },
  quietUntil: null,
  directorPasses: true,
})

export const soundOf = (preferences: NoticePreferences, kind: string): Sound =>
  preferences.sounds[kind] ?? DEFAULT_SOUNDS[kind] ?? 'chime'

interface Told {
  readonly kind: string
  readonly params: Readonly<Record<string, string | number>>
}

/** Levels that call somebody: these come up on the screen even where the desk is behind other windows. */
const callsSomebody = ({ kind }: Told): boolean => ['escalation', 'promiseBroken', 'complaint'].includes(kind)

const reachesDirector = ({ kind, params }: Told): boolean =>
  kind === 'escalation' && ['director', 'admin'].includes(String(params['fellUpTo'] ?? params['role']))

/** What a notification may do now: `none` where the person must not be disturbed. */
export function ringOf(told: Told, preferences: NoticePreferences, now: number, zone: string): { sound: Sound; system: boolean } {
  const isHeard = !isQuiet(preferences, now, zone) || (preferences.directorPasses && reachesDirector(told))
  if (!isHeard) return { sound: 'none', system: false }
  const sound = preferences.sound && preferences.volume > 0 ? soundOf(preferences, told.kind) : 'none'
  return { sound, system: preferences.system && callsSomebody(told) }
}

/** @param now UTC ms  @param zone of the company, IANA */
export function isQuiet({ quietUntil, quietHours }: NoticePreferences, now: number, zone: string): boolean {
  if (quietUntil !== null && now < quietUntil) return true
  if (!quietHours || quietHours.from === quietHours.to) return false
  const { from, to, days } = quietHours
  const { time, day } = wallClock(now, zone)
  if (from < to) return days.includes(day) && from <= time && time < to
  // Past midnight it is still the evening's rule.
  return (time >= from && days.includes(day)) || (time < to && days.includes(day === 1 ? 7 : day - 1))
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function wallClock(now: number, timeZone: string): { time: string; day: number } {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]))
  return { time: `${parts.get('hour')}:${parts.get('minute')}`, day: WEEKDAYS.indexOf(parts.get('weekday') ?? '') + 1 }
}
