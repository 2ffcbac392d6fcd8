/** By what orders are told apart: a fault is looked for in every combination of these. */
export const TRAITS = ['model', 'environment', 'firmware', 'batch'] as const
export type Trait = (typeof TRAITS)[number]

/** One part of a combination. `series`: all whose value begins so, a series of models or of firmware. */
export interface Condition {
  readonly trait: Trait
  readonly value: string
  readonly series: boolean
}

/** `solution`, `part`: a symptom that was ended so, where that is recorded. */
export const FAULT_LEVELS = ['symptom', 'category', 'solution', 'part'] as const

export interface Fault {
  readonly level: (typeof FAULT_LEVELS)[number]
  readonly category: string
  /** Empty where the whole category is meant. */
  readonly symptom: string
  /** What was done, or the number of the part that was put in. */
  readonly solution?: string | undefined
}

/** What befell a machine, and what ended it; an empty text and an empty list: not recorded. */
export interface Trouble {
  readonly category: string
  readonly symptom: string
  readonly solution: string
  readonly parts: readonly string[]
}

/** What is known of the machine, and of where it stands. An empty text: unknown. */
export type Traits = Readonly<Record<Trait, string>>

/** `BR-VS6000X` belongs to `BR-VS6000`, firmware `3.2.1` to `3.2.`; null: no series is known for such a value. */
export function seriesOf(trait: Trait, value: string): string | null {
  if (trait === 'model') return /^(.*\d)[A-Za-z]*$/.exec(value)?.[1] ?? null
  if (trait === 'firmware') return /^(\d+\.\d+\.)\d/.exec(value)?.[1] ?? null
  return null
}

const fits = (traits: Traits, { trait, value, series }: Condition): boolean =>
  series ? seriesOf(trait, traits[trait]) === value : traits[trait] === value

export const fitsAll = (traits: Traits, conditions: readonly Condition[]): boolean => conditions.every((each) => fits(traits, each))

export function isFault(fault: Fault, { category, symptom, solution, parts }: Trouble): boolean {
  if (category !== fault.category) return false
  if (fault.level === 'category') return true
  if (symptom !== fault.symptom || fault.solution === undefined) return symptom === fault.symptom
  return fault.level === 'part' ? parts.includes(fault.solution) : solution === fault.solution
}

/** The same for the same combination, whoever found it. */
export const patternKey = (fault: Fault, conditions: readonly Condition[]): string =>
  [fault.level, fault.category, fault.symptom, ...(fault.solution === undefined ? [] : [fault.solution]), ...conditions.map(({ trait, value, series }) => `${trait}${series ? '~' : '='}${value}`).sort()].join('\n')
