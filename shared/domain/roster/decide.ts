import { canonical } from '../kernel/canonical.ts'
import type { EventDraft, Json } from '../kernel/event.ts'
import { accept, refuse, type Result } from '../kernel/refusal.ts'
import { rounded } from './geo.ts'
import { shiftMonthId, type ShiftMonthEvents, type ShiftMonthState } from './monthFold.ts'
import type { EngineerProfileEvents, EngineerProfileState } from './profileFold.ts'
import { clashBetween, clashWithin, overlaps, rotationShifts } from './rotation.ts'
import type { EngineerProfile, Leave, Rotation, Shift, Span } from './types.ts'
import { DAY, instantIn, MINUTE, spanText } from './zoneTime.ts'

type Decided = Result<readonly EventDraft[]>

export type ProfileInput = { readonly [Field in keyof EngineerProfile]?: EngineerProfile[Field] | undefined }

/** What a rule about shifts needs besides the engineer's own profile. */
export interface ShiftSight {
  /** IANA zone of the company. */
  readonly zone: string
  /** Single shifts of this engineer that touch a span, of any month. */
  singles(span: Span): readonly Shift[]
  /** Days on which no shift of a rotation begins. */
  skipped(span: Span): ReadonlySet<string>
}

/** Refuses `unknownSkill`, `skillTwice`, `lunchTooLong`. What holds already is no event. */
export function decideProfile(
  state: EngineerProfileState,
  input: ProfileInput,
  knowsSkill: (skill: string) => boolean,
): Decided {
  const held = new Set<string>()
  for (const { skill } of input.skills ?? []) {
    if (!knowsSkill(skill)) return refuse('unknownSkill', 'skills', { skill })
    if (held.has(skill)) return refuse('skillTwice', 'skills', { skill })
    held.add(skill)
  }
  if (input.lunch && clock(input.lunch.to) - clock(input.lunch.from) < input.lunch.minutes) {
    return refuse('lunchTooLong', 'lunch', { minutes: input.lunch.minutes, from: input.lunch.from, to: input.lunch.to })
  }
  const home = input.home && rounded(input.home)
  const plain = pairs(state, { ...input, home: undefined, hourCostFen: undefined })
  const personal = pairs(state, { home })
  const money = pairs(state, { hourCostFen: input.hourCostFen })
  const isNothing = [plain, personal, money].every((part) => Object.keys(part).length === 0)
  if (isNothing && state.known) return accept([])
  return accept([
    {
      subject: { kind: 'engineerProfile', id: state.id },
      type: 'engineerProfileChanged',
      version: 1,
      data: plain,
      ...(Object.keys(personal).length > 0 && { personal: { of: `user:${state.id}`, data: personal } }),
      ...(Object.keys(money).length > 0 && { money }),
    },
  ])
}

function pairs(state: EngineerProfileState, input: ProfileInput): Record<string, { old: Json; new: Json }> {
  const changed: Record<string, { old: Json; new: Json }> = {}
  for (const [field, value] of Object.entries(input)) {
    if (value === undefined) continue
    const old = state[field as keyof EngineerProfile] as Json
    if (canonical(old) !== canonical(value)) changed[field] = { old, new: value as Json }
  }
  return changed
}

const clock = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Refuses `invalidPeriod`, `rotationDay`, `shiftOverlap`: within itself, with another rotation or a single shift. */
export function decideRotation(state: EngineerProfileState, rotation: Rotation, sight: ShiftSight): Decided {
  const { cycleDays, from, until } = rotation
  if (until !== null && until < from) return refuse('invalidPeriod', 'until')
  const beyond = rotation.shifts.find((shift) => shift.day >= cycleDays)
  if (beyond) return refuse('rotationDay', 'shifts', { day: beyond.day + 1, days: cycleDays })
  const itself = clashWithin(rotation)
  if (itself) return refuse('rotationOverlap', 'shifts', { day: itself.day + 1, start: itself.start })
  for (const other of state.rotations) {
    const clash = clashBetween(rotation, other)
    if (clash) return overlap(sight.zone, state.id, clash.theirs, 'shifts')
  }
  const begin = instantIn(rotation.zone, from, '00:00')
  const single = sight.singles({ from: begin - DAY, to: begin + LOOK_AHEAD }).find((shift) => {
    const around = { from: shift.from - DAY, to: shift.to + DAY }
    return rotationShifts(rotation, around, sight.skipped(around)).some((each) => overlaps(each, shift))
  })
  if (single) return overlap(sight.zone, state.id, single, 'shifts')
  return accept([draft(state.id, 'rotationAdded', { rotation })])
}

/** Single shifts further ahead are nobody's plan. */
const LOOK_AHEAD = 800 * DAY

export function decideEndRotation(state: EngineerProfileState, rotation: string, until: string): Decided {
  const found = state.rotations.find(({ id }) => id === rotation)
  if (!found) return refuse('unknownRotation', 'rotation')
  if (found.until === until) return accept([])
  if (found.until !== null && until > found.until) return refuse('rotationOver', 'until', { until: found.until })
  return accept([draft(state.id, 'rotationEnded', { rotation, until, old: found.until })])
}

const LONGEST_LEAVE = 366 * DAY

/** One more leave. Refuses `invalidPeriod`, `leaveTooLong`, `leaveOverlap` with the one that it overlaps. */
export function decideLeave(state: EngineerProfileState, leave: Leave, zone: string): Decided {
  const { id, from, to } = leave
  if (to <= from) return refuse('invalidPeriod', 'to')
  if (to - from > LONGEST_LEAVE) return refuse('leaveTooLong', 'to', { days: LONGEST_LEAVE / DAY })
  const other = state.leaves.find((each) => overlaps(each, leave))
  if (other) return refuse('leaveOverlap', 'from', { engineer: state.id, from: other.from, to: other.to, when: spanText(zone, other) })
  return accept([draft(state.id, 'leaveAdded', { leave: id, from, to })])
}

export function decideWithdrawLeave(state: EngineerProfileState, id: string): Decided {
  const leave = state.leaves.find((each) => each.id === id)
  if (!leave) return refuse('unknownLeave', 'leave')
  return accept([draft(state.id, 'leaveWithdrawn', { leave: id, from: leave.from, to: leave.to })])
}

/** Longer than a day and a night nobody is on shift: two shifts, one after the other, are. */
const LONGEST_SHIFT = DAY + 60 * MINUTE

/**
 * A new single shift, or one moved. `day`: on which it begins.
 * Refuses `invalidPeriod`, `shiftTooLong`, `shiftOverlap`, `unknownShift`.
 */
export function decideShift(
  profile: EngineerProfileState,
  month: (day: string) => ShiftMonthState,
  shift: { readonly id: string; readonly day: string; readonly from: number; readonly to: number },
  /** The day on which it began, where it is moved. */
  moved: string | null,
  sight: ShiftSight,
): Decided {
  const { id, day, from, to } = shift
  const old = moved === null ? undefined : month(moved).shifts.find((each) => each.id === id)
  if (moved !== null && !old) return refuse('unknownShift', 'shift')
  if (to <= from) return refuse('invalidPeriod', 'to')
  if (to - from > LONGEST_SHIFT) return refuse('shiftTooLong', 'to', { hours: 24 })
  if (old && old.from === from && old.to === to) return accept([])
  const span = { from: from - DAY, to: to + DAY }
  const skipped = sight.skipped({ from: span.from - DAY, to: span.to + DAY })
  const others = [
    ...sight.singles(span).filter((each) => each.id !== id),
    ...profile.rotations.flatMap((rotation) => rotationShifts(rotation, span, skipped)),
  ]
  const clash = others.find((each) => overlaps(each, shift))
  if (clash) return overlap(sight.zone, profile.id, clash, 'from')
  const there = shiftMonthId(profile.id, day)
  const here = moved === null ? there : shiftMonthId(profile.id, moved)
  if (old && here === there) {
    const data = { shift: id, day, from, to, old: { from: old.from, to: old.to } }
    return accept([monthDraft(there, 'shiftMoved', data)])
  }
  const gone = old ? [monthDraft(here, 'shiftRemoved', { shift: id })] : []
  return accept([...gone, monthDraft(there, 'shiftAdded', { shift: id, day, from, to })])
}

export function decideRemoveShift(state: ShiftMonthState, shift: string): Decided {
  if (!state.shifts.some(({ id }) => id === shift)) return refuse('unknownShift', 'shift')
  return accept([monthDraft(state.id, 'shiftRemoved', { shift })])
}

/** Putting a day back is refused where a single shift has taken its time. */
export function decideSkip(
  profile: EngineerProfileState,
  state: ShiftMonthState,
  day: string,
  skip: boolean,
  sight: ShiftSight,
): Decided {
  if (state.skipped.includes(day) === skip) return accept([])
  const at = instantIn(sight.zone, day, '00:00')
  const span = { from: at - DAY, to: at + 2 * DAY }
  const begun = profile.rotations.flatMap((rotation) => rotationShifts(rotation, span)).filter((shift) => shift.day === day)
  if (skip && begun.length === 0) return refuse('noShiftThatDay', 'day', { day })
  const clash = skip ? undefined : sight.singles(span).find((single) => begun.some((each) => overlaps(each, single)))
  if (clash) return overlap(sight.zone, profile.id, clash, 'day')
  return accept([monthDraft(state.id, 'rotationDaySkipped', { day, skip })])
}

const overlap = (zone: string, engineer: string, { from, to }: Span, field: string) =>
  refuse('shiftOverlap', field, { engineer, from, to, when: spanText(zone, { from, to }) })

const draft = <Type extends keyof EngineerProfileEvents>(
  id: string,
  type: Type,
  data: EngineerProfileEvents[Type],
): EventDraft => ({ subject: { kind: 'engineerProfile', id }, type, version: 1, data })

const monthDraft = <Type extends keyof ShiftMonthEvents>(id: string, type: Type, data: ShiftMonthEvents[Type]): EventDraft => ({
  subject: { kind: 'shiftMonth', id },
  type,
  version: 1,
  data,
})
