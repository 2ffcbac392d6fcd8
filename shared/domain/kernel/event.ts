/**
 * The envelope of every fact in the log (DESIGN §4). It cannot be migrated later: fields are only ever added
 * to `data`, never to the envelope, and the canonical text of an event is kept exactly as it was first written.
 */

/** What an event is about. Contested resources (a part in a warehouse, an engineer's day) are subjects too. */
export interface Subject {
  readonly kind: SubjectKind
  readonly id: string
}

export type SubjectKind =
  | 'desk'
  | 'user'
  | 'workflow'
  | 'slaPolicy'
  | 'calendar'
  | 'customer'
  | 'equipment'
  | 'serviceProvider'
  | 'serviceContract'
  | 'knownDefect'
  | 'faultPattern'
  | 'workOrder'
  | 'shiftHandover'
  | 'stock'
  | 'engineerDay'
  | 'visitPin'
  | 'skill'
  | 'engineerProfile'
  | 'shiftMonth'
  | 'view'
  | 'defaultView'
  | 'settings'
  | 'finance'
  | 'ledger'
  | 'month'
  | 'price'
  | 'reading'

/** Who did it. `system` is the scheduler and the automatic effects, `import` a foreign history. */
export interface Actor {
  readonly kind: 'user' | 'system' | 'import'
  readonly id: string
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** Personal and money data stand apart from the hashed text, which holds only their salted digests. */
export interface PersonalPart {
  /** Whose data it is (`customer:…`, `user:…`): what `personErased` deletes by. */
  readonly of: string
  readonly data: Readonly<Record<string, Json | undefined>>
}

/** What `decide` returns: an event before the log has given it identity, place and time. */
export interface EventDraft<Type extends string = string, Data extends object = object> {
  readonly subject: Subject
  readonly type: Type
  readonly version: number
  readonly data: Data
  /** When it happened, UTC ms. Absent: at the command's time. */
  readonly at?: number
  readonly personal?: PersonalPart
  readonly money?: Readonly<Record<string, Json | undefined>>
}

/** An event as the folds read it. */
export interface StoredEvent<Type extends string = string, Data extends object = object> {
  readonly id: string
  readonly origin: string
  readonly seq: number
  /** ms × 2048 + counter; order only, never a time of day. */
  readonly hlc: number
  /** When it happened, UTC ms. SLA and reports use it. */
  readonly at: number
  /** When a desk stored it, UTC ms. */
  readonly recordedAt: number
  readonly subject: Subject
  /** The last event of the subject that the author had seen. */
  readonly base: string | null
  readonly type: Type
  readonly version: number
  readonly data: Data
  readonly actor: Actor
  /** The command that made it. */
  readonly cause: string
  /** null: erased by law (`personErased`); undefined: there never was any. */
  readonly personal?: Readonly<Record<string, Json | undefined>> | null
  readonly money?: Readonly<Record<string, Json | undefined>> | null
}

export const subjectKey = (subject: Subject): string => `${subject.kind}:${subject.id}`

/** The order of truth (DESIGN §4): negative when `a` comes first. */
export function compareTruth(
  a: { hlc: number; origin: string; seq: number },
  b: { hlc: number; origin: string; seq: number },
): number {
  if (a.hlc !== b.hlc) return a.hlc - b.hlc
  if (a.origin !== b.origin) return a.origin < b.origin ? -1 : 1
  return a.seq - b.seq
}
