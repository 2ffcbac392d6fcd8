import { overlaps } from './rotation.ts'
import { kilometres } from './geo.ts'
import {
  type BookingConflict,
  type BookingVerdict,
  type Coordinates,
  type EngineerRoster,
  type HardConflict,
  type SkillNeed,
  type SoftConflict,
  type Span,
  type Visit,
} from './types.ts'
import { addDays, dayIn, instantIn, MINUTE, spanText } from './zoneTime.ts'

/** A visit before or after which another one has to be. */
export interface Neighbour {
  readonly order: string
  readonly number: string
  /** Its appointment, null: none is booked. */
  readonly booked: Span | null
  /** Its work on site is done, or it needs none any more. */
  readonly done: boolean
}

/** All that a booking is judged by. */
export interface BookingFacts {
  readonly visit: Visit
  readonly engineers: readonly EngineerRoster[]
  readonly before: readonly Neighbour[]
  readonly after: readonly Neighbour[]
  /** Number of the order that has a slot; undefined: nobody knows it. */
  numberOf(order: string): string | undefined
  /** Where the job of an order is done. */
  placeOf(order: string): Coordinates | null
  /** ms on the way. */
  travelMs(from: Coordinates, to: Coordinates): number
  /** IANA zone of the company. */
  readonly zone: string
}

/**
 * What speaks against booking these engineers from…to, over the whole duration. Hard conflicts forbid it; soft ones are
 * told. An engineer whose shifts nobody keeps is not judged by them; one without a profile has no skill that is asked.
 */
export function judgeBooking(facts: BookingFacts, span: Span): BookingVerdict {
  const hard: BookingConflict<HardConflict>[] = []
  const soft: BookingConflict<SoftConflict>[] = []
  for (const roster of facts.engineers) {
    hard.push(...hardOf(facts, roster, span))
    soft.push(...softOf(facts, roster, span))
  }
  hard.push(...orderOf(facts, span))
  soft.push(...jobOf(facts, span))
  return { hard, soft }
}

type Params = Readonly<Record<string, string | number>>
const say = <Code extends string>(code: Code, engineer?: string, params?: Params): BookingConflict<Code> => ({
  code,
  ...(engineer !== undefined && { engineer }),
  ...(params && { params }),
})

function hardOf(facts: BookingFacts, roster: EngineerRoster, span: Span): BookingConflict<HardConflict>[] {
  const { engineer } = roster
  const found: BookingConflict<HardConflict>[] = []
  const taken = othersOf(facts, roster).find((slot) => overlaps(slot, span))
  if (taken) {
    const number = facts.numberOf(taken.order) ?? ''
    found.push(say('slotTaken', engineer, { engineer, from: taken.from, to: taken.to, number }))
  }
  const away = roster.absences.find((absence) => overlaps(absence, span))
  if (away) found.push(say('absent', engineer, { engineer, from: away.from, to: away.to, when: spanText(facts.zone, away) }))
  if (roster.hasShifts && !onShift(roster, span)) found.push(say('offShift', engineer, { engineer, ...nearest(roster, span) }))
  const { skills } = facts.visit
  if (!roster.hasProfile && skills.length > 0) found.push(say('noProfile', engineer, { engineer }))
  for (const need of roster.hasProfile ? skills : []) {
    const lack = lackOf(roster, need, span, facts.zone)
    if (lack) found.push(lack)
  }
  return found
}

/** His slots without the one that this booking takes the place of. */
const othersOf = ({ visit }: BookingFacts, { booked }: EngineerRoster) => booked.filter(({ order }) => order !== visit.order)

/** The shift that a span begins in, with those that follow it without a gap. */
function shiftAt({ shifts }: EngineerRoster, at: number): Span | null {
  const index = shifts.findIndex((shift) => shift.from <= at && at < shift.to)
  const first = shifts[index]
  if (!first) return null
  let to = first.to
  for (const next of shifts.slice(index + 1)) {
    if (next.from > to) break
    to = Math.max(to, next.to)
  }
  return { from: first.from, to }
}

function onShift(roster: EngineerRoster, span: Span): boolean {
  const shift = shiftAt(roster, span.from)
  return shift !== null && span.to <= shift.to + roster.overtimeMin * MINUTE
}

/** The shift next to a span, for the message; none: there is none near. */
function nearest({ shifts }: EngineerRoster, span: Span): Params {
  const distance = (shift: Span): number => Math.max(0, shift.from - span.to, span.from - shift.to)
  const near = [...shifts].sort((a, b) => distance(a) - distance(b))[0]
  return near ? { shiftFrom: near.from, shiftTo: near.to } : {}
}

/** Why an engineer lacks a skill; null: he has it, over the whole span. */
export function lackOf(
  { engineer, skills }: Pick<EngineerRoster, 'engineer' | 'skills'>,
  { skill, level }: SkillNeed,
  span: Span,
  zone: string,
): BookingConflict<'notQualified' | 'certificateExpired'> | null {
  const held = skills.find((each) => each.skill === skill)
  if (!held || held.level < level) return say('notQualified', engineer, { engineer, skill, level, has: held?.level ?? 0 })
  if (held.validUntil === null || span.to <= endOf(held.validUntil, zone)) return null
  return say('certificateExpired', engineer, { engineer, skill, level, until: held.validUntil })
}

/** The first instant after a certificate's last day. */
export const endOf = (day: string, zone: string): number => instantIn(zone, addDays(day, 1), '00:00')

/** What the order itself asks: the customer's windows, and the visits that come before and after. */
function orderOf({ visit, before, after, zone }: BookingFacts, span: Span): BookingConflict<HardConflict>[] {
  const found: BookingConflict<HardConflict>[] = []
  const { windows } = visit.needs
  if (windows.length > 0 && !windows.some((window) => window.from <= span.from && span.from <= window.to)) {
    const next = windows.find((window) => window.to >= span.from) ?? (windows[0] as Span)
    found.push(say('outsideWindow', undefined, { from: next.from, to: next.to, when: spanText(zone, next) }))
  }
  for (const { done, booked, number } of before) {
    if (!done && booked && booked.to > span.from) found.push(say('beforePredecessor', undefined, { number, to: booked.to }))
  }
  for (const { done, booked, number } of after) {
    if (!done && booked && booked.from < span.to) found.push(say('afterSuccessor', undefined, { number, from: booked.from }))
  }
  return found
}

function jobOf({ visit, before, engineers }: BookingFacts, span: Span): BookingConflict<SoftConflict>[] {
  const found: BookingConflict<SoftConflict>[] = []
  const minutes = Math.round((span.to - span.from) / MINUTE)
  if (engineers.length < visit.needs.crew) found.push(say('crewTooSmall', undefined, { needed: visit.needs.crew, found: engineers.length }))
  if (minutes < visit.minutes) found.push(say('shorterThanUsual', undefined, { minutes, usual: visit.minutes }))
  if (!visit.place) found.push(say('placeUnknown'))
  for (const { done, booked, number } of before) if (!done && !booked) found.push(say('predecessorUnbooked', undefined, { number }))
  return found
}

function softOf(facts: BookingFacts, roster: EngineerRoster, span: Span): BookingConflict<SoftConflict>[] {
  const { engineer } = roster
  const found: BookingConflict<SoftConflict>[] = []
  const shift = shiftAt(roster, span.from)
  if (shift && span.to > shift.to && onShift(roster, span)) {
    found.push(say('overtime', engineer, { engineer, minutes: Math.ceil((span.to - shift.to) / MINUTE) }))
  }
  if (shift && lunchLeft(facts, roster, span, shift) === false) {
    const { from, to, minutes } = roster.lunch as { from: string; to: string; minutes: number }
    found.push(say('lunch', engineer, { engineer, minutes, from, to }))
  }
  const { place } = facts.visit
  if (!place) return found
  const { home, territory } = roster
  if (home && territory) {
    const km = Math.round(kilometres(home, place))
    if (km > territory.radiusKm) found.push(say('outsideTerritory', engineer, { engineer, km, limit: territory.radiusKm }))
  }
  const way = tightest(facts, roster, span, place, shift)
  if (way) found.push(say('travelTooLong', engineer, { engineer, ...way }))
  return found
}

/** Whether his lunch still finds room; null: none is owed, for the shift does not have all of its window. */
function lunchLeft(facts: BookingFacts, roster: EngineerRoster, span: Span, shift: Span): boolean | null {
  const { lunch } = roster
  if (!lunch) return null
  const day = dayIn(facts.zone, span.from)
  const from = instantIn(facts.zone, day, lunch.from)
  const to = instantIn(facts.zone, day, lunch.to)
  if (shift.from > from || shift.to < to) return null
  const busy = [...othersOf(facts, roster), span].sort((a, b) => a.from - b.from)
  let free = from
  for (const slot of busy) {
    if (slot.to <= free || slot.from >= to) continue
    if (slot.from - free >= lunch.minutes * MINUTE) return true
    free = slot.to
  }
  return to - free >= lunch.minutes * MINUTE
}

/** The way that takes longer than there is time: from what is before (or home), and to what is after. */
function tightest(
  facts: BookingFacts,
  roster: EngineerRoster,
  span: Span,
  place: Coordinates,
  shift: Span | null,
): { minutes: number; available: number; number: string } | null {
  const others = othersOf(facts, roster)
  const previous = others.filter((slot) => slot.to <= span.from && (!shift || slot.to > shift.from)).at(-1)
  const next = others.find((slot) => slot.from >= span.to && (!shift || slot.from < shift.to))
  const ways: { ms: number; room: number; number: string }[] = []
  const start = previous ? facts.placeOf(previous.order) : roster.home
  const begin = previous ? previous.to : shift?.from
  if (start && begin !== undefined) {
    ways.push({ ms: facts.travelMs(start, place), room: span.from - begin, number: previous ? (facts.numberOf(previous.order) ?? '') : '' })
  }
  const goal = next && facts.placeOf(next.order)
  if (next && goal) ways.push({ ms: facts.travelMs(place, goal), room: next.from - span.to, number: facts.numberOf(next.order) ?? '' })
  const tight = ways.filter(({ ms, room }) => ms > room).sort((a, b) => b.ms - b.room - (a.ms - a.room))[0]
  if (!tight) return null
  return { minutes: Math.ceil(tight.ms / MINUTE), available: Math.floor(tight.room / MINUTE), number: tight.number }
}
