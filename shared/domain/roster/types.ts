/**
 * The words of the roster. Instants are UTC ms and spans half-open, days YYYY-MM-DD, times of day HH:mm in the zone
 * that stands beside them or in the company's; an engineer is a user's id.
 */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Degrees (WGS 84), five digits behind the point: about a metre. */
export interface Coordinates {
  readonly lat: number
  readonly lon: number
}

export interface NamedPlace extends Coordinates {
  readonly name: string
}

/** 1 works with help, 2 works alone, 3 is asked by the others. */
export const LEVELS = [1, 2, 3] as const
export type Level = (typeof LEVELS)[number]

export interface SkillNeed {
  /** Id of the catalogue. */
  readonly skill: string
  readonly level: Level
}

export interface SkillHeld extends SkillNeed {
  /** Number of the certificate, or empty. */
  readonly certificate: string
  /** The last day on which it holds, in the company's zone; null: it does not end. */
  readonly validUntil: string | null
}

/** Where he works by rights: within so many kilometres of his home base, as the crow flies. */
export interface Territory {
  readonly name: string
  readonly radiusKm: number
}

/** So many minutes between two times of day; owed only in a shift that has room for it. */
export interface LunchRule {
  readonly from: string
  readonly to: string
  readonly minutes: number
}

export interface EngineerProfile {
  readonly skills: readonly SkillHeld[]
  readonly home: NamedPlace | null
  readonly territory: Territory | null
  /** The warehouse of the parts that he carries. */
  readonly vehicle: string | null
  /** Minutes a day beyond the shift, at the most. */
  readonly overtimeMin: number
  readonly lunch: LunchRule | null
  /** Fen; null: not known. */
  readonly hourCostFen: number | null
}

export const NO_PROFILE: EngineerProfile = {
  skills: [],
  home: null,
  territory: null,
  vehicle: null,
  overtimeMin: 0,
  lunch: null,
  hourCostFen: null,
}

/** A shift that comes again: on day `day` of each cycle (0: the first), at `start`, for `minutes` of real time. */
export interface RotationShift {
  readonly day: number
  readonly start: string
  /** 1 to 1440: it may cross midnight and last a whole day. */
  readonly minutes: number
}

/** A time away, UTC ms, half-open. */
export interface Leave extends Span {
  readonly id: string
}

export interface Rotation {
  readonly id: string
  /** First day of its first cycle. */
  readonly from: string
  /** The last day on which a shift begins; null: it goes on. */
  readonly until: string | null
  /** IANA zone of its days and times: a later change of the company's zone moves no shift. */
  readonly zone: string
  readonly cycleDays: number
  readonly shifts: readonly RotationShift[]
}

export interface Shift extends Span {
  /** A single shift's own id; a rotation's shift is `rotation/day`. */
  readonly id: string
  readonly source: 'rotation' | 'single'
  /** The day on which it begins. */
  readonly day: string
}

/** Time that an engineer is booked for. */
export interface BookedSlot extends Span {
  readonly appointment: string
  readonly order: string
}

/** All that dispatching knows of one engineer over a span of time. */
export interface EngineerRoster extends EngineerProfile {
  readonly engineer: string
  readonly name: string
  /** Somebody keeps a profile for him: then his skills are judged. */
  readonly hasProfile: boolean
  /** Somebody keeps shifts for him: then being off shift is judged. */
  readonly hasShifts: boolean
  /** Ascending, none overlaps another; those that touch the span. */
  readonly shifts: readonly Shift[]
  readonly absences: readonly Span[]
  /** Ascending, with those that merely touch the span. */
  readonly booked: readonly BookedSlot[]
}

/** What a visit for an order asks. */
export interface VisitNeeds {
  /** Planned length in minutes; null: as learnt from history. */
  readonly minutes: number | null
  /** How many engineers, the first among them. */
  readonly crew: number
  /** Orders whose visits are over before this one begins. */
  readonly after: readonly string[]
  /** When the customer lets somebody in; empty: at any time. */
  readonly windows: readonly Span[]
}

export const PLAIN_VISIT: VisitNeeds = { minutes: null, crew: 1, after: [], windows: [] }

/** How long such visits took, in minutes, and from what that is known. */
export interface LearntDuration {
  readonly medianMin: number
  readonly p80Min: number
  /** Visits that it was learnt from. */
  readonly count: number
  /** METRICS, "expected completion": alike first, then by symptom, then all; `default`: too few of any. */
  readonly basis: 'symptomAndModel' | 'symptom' | 'all' | 'default'
}

/** A visit as the planner asks for it. */
export interface Visit {
  readonly order: string
  readonly number: string
  /** The machine's place, else the customer's; null: nobody said where. */
  readonly place: Coordinates | null
  readonly siteName: string
  readonly customer: string | null
  readonly equipment: string | null
  readonly needs: VisitNeeds
  /** `needs.minutes`, else the learnt median. */
  readonly minutes: number
  readonly learnt: LearntDuration
  readonly skills: readonly SkillNeed[]
  /** Skills that the order names and the catalogue does not know: shown, not judged. */
  readonly unknownSkills: readonly string[]
}

/** What forbids a booking; a refusal has the same code. */
export const HARD_CONFLICTS = [
  'slotTaken',
  'absent',
  'offShift',
  'notQualified',
  'noProfile',
  'certificateExpired',
  'outsideWindow',
  'beforePredecessor',
  'afterSuccessor',
] as const
/** What is worth a word, and no more. */
export const SOFT_CONFLICTS = [
  'overtime',
  'lunch',
  'travelTooLong',
  'outsideTerritory',
  'crewTooSmall',
  'predecessorUnbooked',
  'shorterThanUsual',
  'placeUnknown',
] as const
export type HardConflict = (typeof HARD_CONFLICTS)[number]
export type SoftConflict = (typeof SOFT_CONFLICTS)[number]

export interface BookingConflict<Code extends string = HardConflict | SoftConflict> {
  readonly code: Code
  /** Whom it is about; absent: the booking itself. */
  readonly engineer?: string
  readonly params?: Readonly<Record<string, string | number>>
}

export interface BookingVerdict {
  readonly hard: readonly BookingConflict<HardConflict>[]
  readonly soft: readonly BookingConflict<SoftConflict>[]
}
