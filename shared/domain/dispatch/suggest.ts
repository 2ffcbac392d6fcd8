import { kilometres } from '../roster/geo.ts'
import { endOf, lackOf } from '../roster/judge.ts'
import type { Coordinates, EngineerRoster, SkillNeed, Span } from '../roster/types.ts'
import { dayIn } from '../roster/zoneTime.ts'
import { openingsOf, type BookedPlace, type Opening } from './openings.ts'
import { lunchLeft, lunchesOf, type Lunch } from './lunch.ts'
import type { Weights } from './problem.ts'
import type { Say } from './say.ts'
import { upToStep, type TravelMs } from './travel.ts'

/** The job that somebody is looked for. */
export interface SuggestJob {
  readonly place: Coordinates | null
  readonly durationMs: number
  readonly crew: number
  readonly skills: readonly (SkillNeed & { readonly name: string })[]
  /** Work begins within one of these, both ends included; none: at any time. */
  readonly windows: readonly Span[]
  /** Jobs before it are over by then. */
  readonly notBefore: number
  /** Jobs after it begin then: it is over by that. */
  readonly notAfter: number
  /** Begun later is late. */
  readonly dueAt: number | null
  /** 0 ordinary; each step weighs `Weights.priority` more. */
  readonly priority: number
  readonly parts: readonly string[]
}

export interface SuggestEngineer {
  readonly roster: EngineerRoster
  readonly booked: readonly BookedPlace[]
  /** When he was last at this very machine, and how often at its model. */
  readonly lastAtMachine: { readonly at: number; readonly number: string } | null
  readonly timesAtModel: number
  /** Parts in his vehicle. */
  readonly carries: ReadonlySet<string>
}

export interface Option {
  /** The first leads. */
  readonly engineers: readonly string[]
  readonly from: number
  readonly to: number
  readonly travelMs: number | null
  readonly cost: number
  readonly reasons: readonly Say[]
}

export interface Suggestion {
  readonly options: readonly Option[]
  readonly more: number
  readonly leftOut: readonly { readonly engineer: string; readonly reasons: readonly Say[] }[]
}

export interface SuggestContext {
  readonly now: number
  /** Asked for, half-open. */
  readonly span: Span
  readonly zone: string
  readonly weights: Weights
  readonly travel: TravelMs
  readonly limit: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** In minutes of travel: what it is worth to know the machine, to stay at home, to eat, to be soon. */
const KNOWS_MACHINE = 20
const KNOWS_MODEL_EACH = 2
const KNOWS_MODEL_MOST = 10
const OUTSIDE_TERRITORY = 30
const NO_LUNCH = 15
const WAITING_HOUR = 1
/** Of one engineer, so that the list shows people and not the clock. */
const MOST_EACH = 2

interface Candidate {
  readonly engineer: SuggestEngineer
  readonly lunches: readonly Lunch[]
  readonly openings: readonly Opening[]
}

/** Ranks who could do a job when, best first, and tells for everyone else what is missing. Pure; times UTC ms. */
export function suggest(job: SuggestJob, engineers: readonly SuggestEngineer[], context: SuggestContext): Suggestion {
  const candidates: Candidate[] = []
  const leftOut: { engineer: string; reasons: Say[] }[] = []
  for (const engineer of engineers) {
    const lacking = lackingSkills(job, engineer.roster, context)
    const found = lacking.length > 0 ? lacking : openingsFor(job, engineer, context)
    if ('openings' in found) candidates.push({ engineer, openings: found.openings, lunches: lunchesOf(engineer.roster, context.span, context.zone) })
    else leftOut.push({ engineer: engineer.roster.engineer, reasons: found })
  }
  const ranked = job.crew > 1 ? crews(job, candidates, context) : alone(job, candidates, context)
  if (ranked.length === 0 && job.crew > 1) {
    const short: Say = { code: 'crewTooSmall', params: { needed: job.crew, found: candidates.length }, against: true }
    for (const { engineer } of candidates) leftOut.push({ engineer: engineer.roster.engineer, reasons: [short] })
  }
  ranked.sort((a, b) => a.cost - b.cost || a.from - b.from || (a.key < b.key ? -1 : 1))
  const options = thin(ranked)
  // Words for those that are shown alone: of hundreds that could come, ten are.
  const shown = options.slice(0, context.limit).map((draft) => optionOf(job, draft, context))
  return { options: shown, more: options.length - shown.length, leftOut }
}

function thin(ranked: readonly Draft[]): Draft[] {
  const shown = new Map<string, number>()
  return ranked.filter(({ key }) => {
    shown.set(key, (shown.get(key) ?? 0) + 1)
    return (shown.get(key) ?? 0) <= MOST_EACH
  })
}

const NO_PROFILE: Say = { code: 'noProfile', params: {}, against: true }

/** What is missing to do it at all; empty: nothing. */
function lackingSkills(job: SuggestJob, roster: EngineerRoster, { span, now, zone }: SuggestContext): Say[] {
  if (!roster.hasProfile) return job.skills.length > 0 ? [NO_PROFILE] : []
  const first = { from: Math.max(span.from, now), to: Math.max(span.from, now) + job.durationMs }
  return job.skills.flatMap((need): Say[] => {
    const lack = lackOf(roster, need, first, zone)
    return lack ? [{ code: lack.code, params: { ...lack.params, skill: need.name }, against: true }] : []
  })
}

function openingsFor(job: SuggestJob, { roster, booked }: SuggestEngineer, context: SuggestContext): { openings: Opening[] } | Say[] {
  const { span, now, travel, zone } = context
  const earliest = Math.max(span.from, now, job.notBefore)
  const ends = job.skills.flatMap((need) => {
    const held = roster.skills.find(({ skill }) => skill === need.skill)
    return held?.validUntil ? [endOf(held.validUntil, zone)] : []
  })
  const latest = Math.min(span.to, job.notAfter, ...ends)
  if (roster.shifts.every((shift) => shift.to <= earliest || shift.from >= span.to)) {
    return [{ code: 'noShift', params: { from: span.from, to: span.to }, against: true }]
  }
  const asked = { place: job.place, durationMs: job.durationMs, earliest, latest }
  const { openings, longestMs } = openingsOf(roster, booked, asked, travel)
  if (openings.length === 0) return [whyNoRoom(roster, earliest, context, longestMs, job.durationMs)]
  const suiting = openings.filter((opening) => beginsOf(job, opening).length > 0)
  if (suiting.length > 0) return { openings: suiting }
  const [window] = job.windows
  return [{ code: 'outsideWindow', params: { from: window?.from ?? 0, to: window?.to ?? 0 }, against: true }]
}

function whyNoRoom(roster: EngineerRoster, earliest: number, { span }: SuggestContext, longestMs: number, durationMs: number): Say {
  const shifts = roster.shifts.filter((shift) => shift.to > earliest && shift.from < span.to)
  const leave = roster.absences.find((absence) => shifts.every((shift) => absence.from <= Math.max(shift.from, earliest) && shift.to <= absence.to))
  if (leave) return { code: 'absent', params: { from: leave.from, to: leave.to }, against: true }
  const params = { longestMinutes: Math.max(0, Math.floor(longestMs / MINUTE)), neededMinutes: Math.ceil(durationMs / MINUTE) }
  return { code: 'noRoom', params, against: true }
}

/** The first possible begin in each window that the opening reaches. */
function beginsOf(job: SuggestJob, opening: Opening): number[] {
  if (job.windows.length === 0) return [opening.from]
  return job.windows.flatMap((window) => {
    const from = upToStep(Math.max(opening.from, window.from))
    return from <= Math.min(opening.to, window.to) ? [from] : []
  })
}

interface Member {
  readonly engineer: SuggestEngineer
  readonly lunches: readonly Lunch[]
  readonly opening: Opening
}

interface Draft {
  /** The first leads. */
  readonly members: readonly Member[]
  readonly key: string
  readonly from: number
  readonly cost: number
}

function draftOf(job: SuggestJob, members: readonly Member[], from: number, context: SuggestContext): Draft {
  const cost = members.reduce((sum, member) => sum + costOf(job, member, from, context), 0) / members.length
  return { members, key: members.map(({ engineer }) => engineer.roster.engineer).join(), from, cost }
}

function alone(job: SuggestJob, candidates: readonly Candidate[], context: SuggestContext): Draft[] {
  return candidates.flatMap(({ openings, ...who }) =>
    openings.flatMap((opening) => beginsOf(job, opening).map((from) => draftOf(job, [{ ...who, opening }], from, context))),
  )
}

/** For each begin that somebody has: the cheapest ones who are free then, together. */
function crews(job: SuggestJob, candidates: readonly Candidate[], context: SuggestContext): Draft[] {
  const begins = new Set(candidates.flatMap(({ openings }) => openings.flatMap((opening) => beginsOf(job, opening))))
  return [...begins].sort((a, b) => a - b).flatMap((from) => {
    const free = candidates.flatMap(({ openings, ...who }): { member: Member; cost: number }[] => {
      const opening = openings.find((candidate) => candidate.from <= from && from <= candidate.to)
      return opening ? [{ member: { ...who, opening }, cost: costOf(job, { ...who, opening }, from, context) }] : []
    })
    if (free.length < job.crew) return []
    free.sort((a, b) => a.cost - b.cost)
    return [draftOf(job, free.slice(0, job.crew).map(({ member }) => member), from, context)]
  })
}

/** In minutes of travel. */
function costOf(job: SuggestJob, member: Member, from: number, context: SuggestContext): number {
  const { engineer, opening } = member
  const { weights } = context
  const to = from + job.durationMs
  const late = job.dueAt === null ? 0 : Math.max(0, from - job.dueAt) / MINUTE
  const overtime = Math.max(0, to + (opening.after ? 0 : opening.travelOn) - opening.shift.to) / MINUTE
  const knows = engineer.lastAtMachine ? KNOWS_MACHINE : Math.min(KNOWS_MODEL_MOST, engineer.timesAtModel * KNOWS_MODEL_EACH)
  return (
    (weights.travel * opening.detour) / MINUTE +
    weights.late * late * (1 + job.priority * weights.priority) +
    weights.overtime * overtime +
    (weights.fairness * opening.jobs) / 10 +
    (WAITING_HOUR * Math.max(0, from - context.now)) / HOUR -
    knows +
    (beyond(engineer.roster, job.place) ? OUTSIDE_TERRITORY : 0) +
    (lunchMissed(member, from, to) === null ? 0 : NO_LUNCH)
  )
}

const beyond = ({ home, territory }: EngineerRoster, place: Coordinates | null): boolean =>
  home !== null && territory !== null && place !== null && kilometres(home, place) > territory.radiusKm

const farOf = ({ home, territory }: EngineerRoster, place: Coordinates | null): Say['params'] => ({
  territory: territory?.name ?? '',
  km: home && place ? Math.round(kilometres(home, place)) : 0,
  limit: territory?.radiusKm ?? 0,
})

/** How long a lunch should be that finds no room any more, minutes; null: none is missed. */
function lunchMissed({ engineer, lunches }: Member, from: number, to: number): number | null {
  const missed = lunches.find((lunch) => lunch.from < to && from < lunch.to && lunchLeft(lunch, [...engineer.booked, { from, to }]) < lunch.durationMs)
  return missed ? Math.round(missed.durationMs / MINUTE) : null
}

function optionOf(job: SuggestJob, { members, from, cost }: Draft, context: SuggestContext): Option {
  const to = from + job.durationMs
  const [lead] = members as [Member, ...Member[]]
  return {
    engineers: members.map(({ engineer }) => engineer.roster.engineer),
    from,
    to,
    travelMs: job.place && (lead.opening.before ? lead.opening.before.place : lead.engineer.roster.home) ? lead.opening.travelThere : null,
    cost: Math.round(cost * 10) / 10,
    reasons: reasonsOf(job, lead, from, to, context),
  }
}

function reasonsOf(job: SuggestJob, member: Member, from: number, to: number, context: SuggestContext): Say[] {
  const { engineer, opening } = member
  const { roster } = engineer
  const says: Say[] = []
  const say = (code: Say['code'], params: Say['params'], against = false): void => void says.push({ code, params, ...(against && { against }) })
  for (const need of job.skills) {
    const held = roster.skills.find(({ skill }) => skill === need.skill)
    if (!held) continue
    const params = { skill: need.name, level: held.level }
    if (held.certificate === '') say('hasSkill', params)
    else say('hasCertificate', { ...params, until: held.validUntil })
  }
  const span = { from: Math.max(opening.gap.from, context.now), to: opening.gap.to }
  say('free', { ...span, to: Math.max(Math.min(span.to, opening.shift.to), to) })
  const start = opening.before ? opening.before.place : roster.home
  if (job.place && start) say('travel', { minutes: Math.round(opening.travelThere / MINUTE), from: opening.before ? 'previous' : 'base', number: opening.before?.number ?? '' })
  else say('placeUnknown', {}, true)
  if (engineer.lastAtMachine) say('knowsMachine', engineer.lastAtMachine)
  else if (engineer.timesAtModel > 0) say('knowsModel', { times: engineer.timesAtModel })
  say('nthJob', { n: jobsOn(engineer, from, context.zone) + 1 })
  if (beyond(roster, job.place)) say('outsideTerritory', farOf(roster, job.place), true)
  else if (roster.territory && roster.home && job.place) say('inTerritory', { territory: roster.territory.name })
  const carried = job.parts.filter((part) => engineer.carries.has(part))
  if (carried.length > 0) say('carriesParts', { parts: carried.join('、') })
  if (job.dueAt !== null) {
    const late = Math.ceil((from - job.dueAt) / MINUTE)
    if (late > 0) say('late', { minutes: late, dueAt: job.dueAt }, true)
    else say('inTime', { dueAt: job.dueAt })
  }
  const overtime = Math.ceil((to + (opening.after ? 0 : opening.travelOn) - opening.shift.to) / MINUTE)
  if (overtime > 0) say('overtime', { minutes: overtime }, true)
  const lunch = lunchMissed(member, from, to)
  if (lunch !== null) say('lunch', { minutes: lunch }, true)
  return says
}

function jobsOn({ booked }: SuggestEngineer, at: number, zone: string): number {
  const day = dayIn(zone, at)
  return booked.filter((slot) => dayIn(zone, slot.from) === day).length
}
