/** By what orders are told apart: a fault is looked for in every combination of these. */
export const TRAITS = ['model', 'environment', 'firmware', 'batch'] as const
export type Trait = (typeof TRAITS)[number]

/** One part of a combination. `series`: all whose value begins so, a series of models or of firmware. */
export interface Condition {
  readonly trait: Trait
  readonly value: string
  readonly series: boolean
}

export interface Fault {
  readonly level: 'symptom' | 'category'
  readonly category: string
  /** Empty where the whole category is meant. */
  readonly symptom: string
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

export const isFault = (fault: Fault, { category, symptom }: { category: string; symptom: string }): boolean =>
  category === fault.category && (fault.level === 'category' || symptom === fault.symptom)

/** The same for the same combination, whoever found it. */
export const patternKey = (fault: Fault, conditions: readonly Condition[]): string =>
  [fault.level, fault.category, fault.symptom, ...conditions.map(({ trait, value, series }) => `${trait}${series ? '~' : '='}${value}`).sort()].join('\n')
