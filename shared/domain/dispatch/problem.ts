/**
 * What the planner is asked and what it answers. Times are UTC ms, durations ms; nothing here knows a time zone, so a
 * shift across midnight or a change of the clock is a span like any other. A place is a number that `travelMs` knows.
 */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface SkillNeed {
  readonly skill: string
  readonly level: number
}

/** A skill that an engineer holds; a certificate counts only where it is valid over the whole job. */
export interface SkillHeld extends SkillNeed {
  readonly from?: number
  readonly until?: number
}

/** Who does a job and when it begins; as many engineers as its crew has. */
export interface Placement {
  readonly engineers: readonly string[]
  readonly from: number
}

export interface Job {
  readonly id: string
  readonly order?: string
  readonly place: number
  readonly durationMs: number
  /** Work begins within one of these, both ends included; none: at any time. They may be unsorted and overlap. */
  readonly windows: readonly Span[]
  /** Each engineer of the crew holds them all at the level or above. */
  readonly skills?: readonly SkillNeed[]
  /** Only these may come; absent: whoever is qualified. */
  readonly engineers?: readonly string[]
  /** Minutes of travel that it is worth to have this engineer (< 0) or not (> 0), such as who knows the machine. */
  readonly liking?: Readonly<Record<string, number>>
  /** 0 ordinary; each step weighs `Weights.priority` more when undone or late. */
  readonly priority?: number
  /** Soft: begun later, it costs `Weights.late` a minute. */
  readonly dueAt?: number
  /** How many engineers work on it together from beginning to end; absent: 1. */
  readonly crew?: number
  /** Jobs that are finished before this one begins. Ids that the problem lacks are taken as done. */
  readonly after?: readonly string[]
  /** Stays exactly so. Several pins of one engineer that leave too little time for the way stay, and are named. */
  readonly pinned?: Placement
  /** Where it stood before: another engineer or a later begin costs `Weights.change`. */
  readonly current?: Placement
  /** Takes so much of the engineer's `capacity`. */
  readonly load?: number
}

/** Begins within from…to (both included), wherever the engineer then is; owed only where the shift has room for it. */
export interface Break extends Span {
  readonly durationMs: number
}

export interface Engineer {
  readonly id: string
  readonly skills: readonly SkillHeld[]
  /** Each is a round from `start` to `end`. May cross midnight or last 24 h; overlapping ones are joined. */
  readonly shifts: readonly Span[]
  readonly breaks?: readonly Break[]
  /** Neither works nor travels. */
  readonly absences?: readonly Span[]
  /** Where he is when the shift begins; he leaves no earlier. */
  readonly start: number
  /** Where he is when it ends; absent: wherever the last job is. */
  readonly end?: number
  /** So much longer than a shift at the most. */
  readonly overtimeMs?: number
  /** Jobs a shift at the most. */
  readonly maxJobs?: number
  readonly capacity?: number
}

/** All in minutes of travel: with `travel` 1, `late` 2 says that a minute late is as bad as two of travel. */
export interface Weights {
  /** A minute of travel. */
  readonly travel: number
  /** A minute begun after `dueAt`, × (1 + priority × Weights.priority). */
  readonly late: number
  /** A minute beyond the shift's end. */
  readonly overtime: number
  /** A job left out, × (1 + priority × Weights.priority). */
  readonly unserved: number
  /** × the sum of the squares of each shift's worked share (travel and work ÷ length): evens out who does how much. */
  readonly fairness: number
  /** A job that had a place and gets another engineer, or begins more than `CHANGE_TOLERANCE_MS` later. */
  readonly change: number
  readonly priority: number
}

export const DEFAULT_WEIGHTS: Weights = {
  travel: 1,
  late: 1,
  overtime: 2,
  unserved: 1000,
  fairness: 30,
  change: 60,
  priority: 1,
}

/** A begin that slips less than this is no change to the customer. */
export const CHANGE_TOLERANCE_MS = 15 * 60_000

export interface Problem {
  readonly jobs: readonly Job[]
  readonly engineers: readonly Engineer[]
  /** From one place to another; asked once for each pair. Infinity: no way. */
  readonly travelMs: (from: number, to: number) => number
  readonly weights: Weights
  /** Nothing that is not pinned begins before, nor anybody sets out. A pinned job that has begun lasts until now at least. */
  readonly now?: number
}

export interface Stop {
  readonly job: string
  /** The way there, from the stop before or the start. */
  readonly travelMs: number
  readonly arrive: number
  readonly start: number
  readonly finish: number
}

/** One engineer's shift. */
export interface Round {
  readonly engineer: string
  readonly shift: Span
  readonly stops: readonly Stop[]
  readonly breaks: readonly Span[]
  /** The way from the last stop to the end, and when he is there; where no end is asked, 0 and the last finish. */
  readonly endTravelMs: number
  readonly end: number
  readonly overtimeMs: number
}

export type UnservedReason =
  | 'noEngineers' // there are none, or none that the job names
  | 'notQualified' // nobody has skill at that level (`detail`: skill and level, as "plc:3")
  | 'certificateExpired' // somebody has, but not then (`detail`: skill)
  | 'crewTooSmall' // fewer who could than the crew needs
  | 'absent' // whoever could is on leave then
  | 'offShift' // whoever could has no shift then
  | 'windowTooShort' // whoever could cannot be there in time, or not be back in time
  | 'windowPassed' // every window is over
  | 'afterUnserved' // what has to be done before is left out (`detail`: its id)
  | 'afterCircle' // the jobs wait for each other
  | 'pinImpossible' // the pin names an engineer who is unknown, unqualified, absent, off shift or busy then (`detail`: which)
  | 'invalid' // what was given makes no sense (`detail`: field)
  | 'noRoom' // could be done, but others weigh more

export interface Unserved {
  readonly job: string
  readonly reason: UnservedReason
  readonly detail?: string
}

/** What was wrong in the question; the rest is planned all the same. */
export interface Remark {
  readonly kind: 'job' | 'engineer'
  readonly id: string
  readonly code: 'shiftsJoined' | 'spanBackwards' | 'twice' | 'afterUnknown' | 'pinsTooTight' | 'unknownEngineer'
  readonly detail?: string
}

/** In minutes of travel, as `Weights` has them; `total` is their sum. */
export interface Costs {
  readonly travel: number
  readonly late: number
  readonly overtime: number
  readonly unserved: number
  readonly fairness: number
  readonly change: number
  readonly liking: number
  readonly total: number
}

export interface Solution {
  /** One for each shift, empty ones too, by engineer as given, then by time. */
  readonly rounds: readonly Round[]
  readonly unserved: readonly Unserved[]
  readonly remarks: readonly Remark[]
  readonly costs: Costs
  readonly iterations: number
}

export interface Progress {
  /** Share of the time or the iterations, 0 to 1. */
  readonly used: number
  readonly iterations: number
  readonly cost: number
  readonly unserved: number
}

/**
 * Ends with the best plan so far after `milliseconds` of `clock` (which they need), after `iterations`, or when
 * `cancelled` says so; without either after 20,000 iterations.
 */
export interface SolveOptions {
  /** The same seed and the same iterations give the same plan. */
  readonly seed: number
  readonly milliseconds?: number
  readonly iterations?: number
  /** ms from any beginning: of the wall or of the processor. */
  readonly clock?: () => number
  readonly cancelled?: () => boolean
  /** About a hundred times. */
  readonly onProgress?: (progress: Progress) => void
}
