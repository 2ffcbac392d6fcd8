/**
 * Something that is said about an engineer, an appointment or an order: words are `dispatch.say.<code>` with `params`.
 * Instants in params are UTC ms, lengths are minutes; `against` tells a doubt from a reason.
 */
export const SAYINGS = [
  // Reasons for an engineer and a window. Those of a booking have the words of the roster (shared/domain/roster/types.ts).
  'hasSkill', // skill, level
  'hasCertificate', // skill, level, until: its last day or null
  'free', // from, to
  'travel', // minutes, from: base | previous; number of the order before
  'placeUnknown',
  'knowsMachine', // at, number
  'knowsModel', // times
  'nthJob', // n
  'inTerritory', // territory
  'carriesParts', // parts
  'inTime', // dueAt
  'late', // minutes, dueAt
  // Hindrances, conflicts and why somebody is left out.
  'notQualified', // skill, level, has
  'noProfile', // nobody keeps his skills, and some are asked
  'certificateExpired', // skill, level, until: its last day
  'absent', // from, to
  'offShift', // shiftFrom, shiftTo: the nearest one, or none
  'noShift', // nothing in the asked span
  'slotTaken', // number, from, to
  'noRoom', // longestMinutes, neededMinutes
  'overtime', // minutes
  'overtimeBeyondLimit', // minutes, limit
  'lunch', // minutes: as long as it should be
  'travelTooLong', // minutes, available, number: the order before or after, or empty
  'outsideTerritory', // territory, km, limit
  'outsideWindow', // from, to
  'beforePredecessor', // number, to
  'afterSuccessor', // number, from
  'predecessorUnbooked', // number
  'shorterThanUsual', // minutes, usual
  'crewTooSmall', // needed, found
  'notEngineer',
  'inPast',
  'frozen',
  // Why the planner left an order out.
  'noEngineers',
  'windowTooShort', // from, to: of the customer; minutes: as long as it takes
  'shiftTooShort', // minutes
  'windowPassed',
  'afterUnserved', // number
  'afterCircle',
  'pinImpossible',
  'invalid', // field
  'othersWeighMore',
  // What is odd in master data.
  'shiftsJoined', // engineer
  'spanBackwards',
  'twice',
  'unknownSkill', // skill
  'unknownEngineer',
  'pinsTooTight',
  'noCoordinates', // count
  // Told to an engineer.
  'assigned', // from, to
  'moved', // from, to, wasFrom
  'taken', // from
  'shiftAdded', // from, to
  'shiftMoved', // from, to, wasFrom
  'shiftRemoved', // from, to
  'rotationAdded', // day
  'rotationEnded', // day
  'dayOff', // day
  'dayOn', // day
  'leaveAdded', // from, to
  'leaveWithdrawn', // from, to
] as const
export type Saying = (typeof SAYINGS)[number]

export interface Say {
  readonly code: Saying
  readonly params: Readonly<Record<string, string | number | boolean | null>>
  readonly against?: boolean | undefined
}
