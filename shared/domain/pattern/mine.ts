import { falseDiscovery, fisherGreater } from './exact.ts'
import { fitsAll, isFault, seriesOf, TRAITS, type Condition, type Fault, type Trait, type Traits, type Trouble } from './traits.ts'

/** One order of the period. */
export interface PatternCase extends Traits, Trouble {
  readonly order: string
  /** Null: no known machine. */
  readonly machine: string | null
}

/** A machine in the field; where it stands only its orders tell. */
export interface FieldMachine extends Traits {
  readonly machine: string
}

/** METRICS, "fault pattern". */
export const RULES = { falseDiscovery: 0.05, cases: 8, machines: 3, perMachine: 2 } as const

/** Counts of a combination against all others. */
interface Against {
  readonly with: number
  readonly of: number
  readonly restWith: number
  readonly restOf: number
}

export interface Pattern {
  readonly fault: Fault
  readonly conditions: readonly Condition[]
  /** Orders with the fault, of the orders of such machines; and of the rest. */
  readonly orders: Against
  /** Machines that had the fault at least once, of such machines in the field; and of the rest. */
  readonly machines: Against
  /** Share ÷ share of the rest; null: the rest had none. */
  readonly lift: number | null
  readonly machineLift: number | null
  /** The exact test by order, and the false-discovery rate at which it is found; the exact test by machine. */
  readonly p: number
  readonly q: number
  readonly machineP: number
}

export interface Mined {
  readonly patterns: readonly Pattern[]
  /** Combinations and faults that could have been found at all. */
  readonly tests: number
  readonly cases: number
}

/**
 * Which combinations of model, environment, firmware and batch a fault befalls more often than chance: a symptom, a whole
 * category, a symptom that one solution or one part ended. A solution is told of a fault and never tested against it: it
 * was chosen for it. Every testable pair counts as a test, found or not, so that false discoveries stay within 5 %. A machine counts twice for a symptom
 * at most, and the share of machines that had the fault has to stand out too (p ≤ 5 %): one bad machine is no pattern.
 * Of overlapping findings the strongest stands, and another one only for what it finds beyond it.
 * @param turn is awaited between slices of work
 */
export async function minePatterns(
  orders: readonly PatternCase[],
  machines: readonly FieldMachine[],
  turn: () => Promise<void> = () => Promise.resolve(),
): Promise<Mined> {
  const cases = thinned(orders)
  const faults = faultsOf(cases)
  const table = new Counts(cases, faults)
  await table.fill(turn)
  const field = fieldOf(orders, machines)
  const found: Strength[] = []
  let tests = 0
  for (const [index, { conditions, total, byFault }] of table.combinations()) {
    if (index % 100 === 99) await turn()
    for (const [number, fault] of faults.entries()) {
      const marked = table.marked(number)
      if (Math.min(total, marked) < RULES.cases) continue
      tests += 1
      const both = byFault[number] ?? 0
      if (both < RULES.cases || both * (cases.length - total) <= (marked - both) * total) continue
      const p = fisherGreater({ both, within: total, marked, all: cases.length })
      if (p > RULES.falseDiscovery) continue
      const { with: struck, of, restWith, restOf } = onMachines(field, fault, conditions)
      if (struck < RULES.machines) continue
      const machineP = fisherGreater({ both: struck, within: of, marked: struck + restWith, all: of + restOf })
      if (machineP <= RULES.falseDiscovery) found.push({ fault, conditions, p, machineP })
    }
  }
  const chosen = falseDiscovery(strongest(cases, found, tests), tests)
  return { patterns: chosen.map((each) => describe(orders, field, each)), tests, cases: orders.length }
}

/** The first orders of a machine for each symptom, so many as count; orders that name no machine all count. */
function thinned(orders: readonly PatternCase[]): PatternCase[] {
  const seen = new Map<string, number>()
  return orders.filter(({ machine, category, symptom }) => {
    if (machine === null) return true
    const key = `${machine}\n${category}\n${symptom}`
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return count <= RULES.perMachine
  })
}

/** Symptoms, categories that hold several, and symptoms by what ended them, where not all ended alike. */
function faultsOf(cases: readonly PatternCase[]): Fault[] {
  const byCategory = new Map<string, Set<string>>()
  for (const { category, symptom } of cases) {
    if (category === '' && symptom === '') continue
    const symptoms = byCategory.get(category)
    if (symptoms) symptoms.add(symptom)
    else byCategory.set(category, new Set([symptom]))
  }
  return [...byCategory].flatMap(([category, symptoms]) => [
    ...[...symptoms].filter((symptom) => symptom !== '').map((symptom): Fault => ({ level: 'symptom', category, symptom })),
    ...(symptoms.size > 1 && category !== '' ? [{ level: 'category', category, symptom: '' } satisfies Fault] : []),
    ...[...symptoms].filter((symptom) => symptom !== '').flatMap((symptom) => endingsOf(cases, category, symptom)),
  ])
}

function endingsOf(cases: readonly PatternCase[], category: string, symptom: string): Fault[] {
  const own = cases.filter((each) => each.category === category && each.symptom === symptom)
  const fault = { category, symptom }
  return [
    ...frequent(own, ({ solution }) => (solution === '' ? [] : [solution])).map((solution): Fault => ({ ...fault, level: 'solution', solution })),
    ...frequent(own, ({ parts }) => parts).map((solution): Fault => ({ ...fault, level: 'part', solution })),
  ]
}

/** So often that something could be found, and not always: then it would be the symptom once more. */
function frequent(cases: readonly PatternCase[], namesOf: (each: PatternCase) => readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const each of cases) for (const name of new Set(namesOf(each))) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].filter(([, count]) => count >= RULES.cases && count < cases.length).map(([name]) => name)
}

interface Combination {
  readonly conditions: readonly Condition[]
  total: number
  readonly byFault: number[]
}

class Counts {
  readonly #cases: readonly PatternCase[]
  readonly #faults: readonly Fault[]
  readonly #byKey = new Map<string, Combination>()
  readonly #marked: number[]
  readonly #faultsOf = new Map<string, number[]>()
  /** Values of a series in the data: one of a single value is that value. */
  readonly #series = new Map<string, Set<string>>()

  constructor(cases: readonly PatternCase[], faults: readonly Fault[]) {
    this.#cases = cases
    this.#faults = faults
    this.#marked = faults.map(() => 0)
    for (const each of cases) {
      for (const trait of TRAITS) {
        const series = seriesOf(trait, each[trait])
        if (series === null) continue
        const key = `${trait}\n${series}`
        const values = this.#series.get(key)
        if (values) values.add(each[trait])
        else this.#series.set(key, new Set([each[trait]]))
      }
    }
  }

  marked(fault: number): number {
    return this.#marked[fault] ?? 0
  }

  *combinations(): Generator<[number, Combination]> {
    let index = 0
    for (const combination of this.#byKey.values()) {
      if (combination.total >= RULES.cases && combination.total < this.#cases.length) yield [index++, combination]
    }
  }

  async fill(turn: () => Promise<void>): Promise<void> {
    for (const [index, each] of this.#cases.entries()) {
      if (index % 250 === 249) await turn()
      const faults = this.#numbersOf(each)
      for (const fault of faults) this.#marked[fault] = (this.#marked[fault] ?? 0) + 1
      for (const { key, conditions } of this.#combinationsOf(each)) {
        let combination = this.#byKey.get(key)
        if (!combination) this.#byKey.set(key, (combination = { conditions, total: 0, byFault: [] }))
        combination.total += 1
        for (const fault of faults) combination.byFault[fault] = (combination.byFault[fault] ?? 0) + 1
      }
    }
  }

  #numbersOf(each: PatternCase): readonly number[] {
    const key = [each.category, each.symptom, each.solution, ...each.parts].join('\n')
    let numbers = this.#faultsOf.get(key)
    if (!numbers) {
      numbers = this.#faults.flatMap((fault, index) => (isFault(fault, each) ? [index] : []))
      this.#faultsOf.set(key, numbers)
    }
    return numbers
  }

  /** Every combination of at least one trait that the order belongs to. */
  #combinationsOf(each: PatternCase): { key: string; conditions: readonly Condition[] }[] {
    let list: { key: string; conditions: readonly Condition[] }[] = [{ key: '', conditions: [] }]
    for (const trait of TRAITS) {
      const choices = this.#conditionsOf(trait, each[trait])
      list = list.flatMap((before) => [
        before,
        ...choices.map((condition) => ({
          key: `${before.key}\n${trait}${condition.series ? '~' : '='}${condition.value}`,
          conditions: [...before.conditions, condition],
        })),
      ])
    }
    return list.slice(1)
  }

  #conditionsOf(trait: Trait, value: string): Condition[] {
    if (value === '') return []
    const series = seriesOf(trait, value)
    const several = series !== null && (this.#series.get(`${trait}\n${series}`)?.size ?? 0) > 1
    return [{ trait, value, series: false }, ...(several ? [{ trait, value: series, series: true }] : [])]
  }
}

interface MachineFacts extends Traits {
  readonly hasOrders: boolean
  readonly faults: readonly Trouble[]
}

/** Machines in the field and those that orders name; where one stands, its last order tells. */
function fieldOf(cases: readonly PatternCase[], machines: readonly FieldMachine[]): MachineFacts[] {
  const facts = new Map<string, { traits: Traits; hasOrders: boolean; faults: Trouble[] }>()
  for (const machine of machines) facts.set(machine.machine, { traits: machine, hasOrders: false, faults: [] })
  for (const each of cases) {
    if (each.machine === null) continue
    const known = facts.get(each.machine)
    const faults = known?.faults ?? []
    faults.push(each)
    facts.set(each.machine, { traits: each, hasOrders: true, faults })
  }
  return [...facts.values()].map(({ traits: { model, environment, firmware, batch }, hasOrders, faults }) => ({
    model,
    environment,
    firmware,
    batch,
    hasOrders,
    faults,
  }))
}

/** Where a condition is about the surroundings, machines without orders are on neither side: nobody knows theirs. */
function onMachines(field: readonly MachineFacts[], fault: Fault, conditions: readonly Condition[]): Against {
  const needsOrders = conditions.some(({ trait }) => trait === 'environment')
  let [struck, of, restWith, restOf] = [0, 0, 0, 0]
  for (const machine of field) {
    if (needsOrders && !machine.hasOrders) continue
    const has = machine.faults.some((each) => isFault(fault, each))
    if (fitsAll(machine, conditions)) {
      of += 1
      if (has) struck += 1
    } else {
      restOf += 1
      if (has) restWith += 1
    }
  }
  return { with: struck, of, restWith, restOf }
}

type Candidate = Pick<Pattern, 'fault' | 'conditions' | 'p' | 'q' | 'machineP'>
type Strength = Omit<Candidate, 'q'>

/**
 * The strongest first; then what still stands out in the orders that it does not explain. The k-th has to reach k of the
 * share of false discoveries among all tests: many names for one finding do not make room for chance findings.
 */
function strongest(cases: readonly PatternCase[], found: readonly Strength[], tests: number): Strength[] {
  const chosen: Strength[] = []
  let left = found.toSorted((a, b) => a.p - b.p || a.conditions.length - b.conditions.length || (a.fault.level < b.fault.level ? -1 : 1))
  let rest = cases
  for (;;) {
    const limit = (RULES.falseDiscovery * (chosen.length + 1)) / tests
    const best = left[0]
    if (!best || best.p > limit) return chosen
    chosen.push(best)
    const unexplained = rest.filter((each) => !(sameCategory(best.fault, each) && fitsAll(each, best.conditions)))
    rest = unexplained
    const others = left.slice(1).flatMap((each) => {
      if (each.fault.category !== best.fault.category) return [each]
      const { with: both, of, restWith, restOf } = onOrders(unexplained, each.fault, each.conditions)
      if (both < RULES.cases) return []
      const p = fisherGreater({ both, within: of, marked: both + restWith, all: of + restOf })
      return p > limit * 2 ? [] : [{ ...each, p: Math.max(p, each.p) }]
    })
    left = others.sort((a, b) => a.p - b.p)
  }
}

const sameCategory = (fault: Fault, { category }: PatternCase): boolean => category === fault.category

function onOrders(cases: readonly PatternCase[], fault: Fault, conditions: readonly Condition[]): Against {
  let [both, of, restWith, restOf] = [0, 0, 0, 0]
  for (const each of cases) {
    const has = isFault(fault, each)
    if (fitsAll(each, conditions)) {
      of += 1
      if (has) both += 1
    } else {
      restOf += 1
      if (has) restWith += 1
    }
  }
  return { with: both, of, restWith, restOf }
}

function describe(cases: readonly PatternCase[], field: readonly MachineFacts[], candidate: Candidate): Pattern {
  const orders = onOrders(cases, candidate.fault, candidate.conditions)
  const machines = onMachines(field, candidate.fault, candidate.conditions)
  return { ...candidate, orders, machines, lift: liftOf(orders), machineLift: liftOf(machines) }
}

function liftOf({ with: both, of, restWith, restOf }: Against): number | null {
  return restWith === 0 || of === 0 ? null : both / of / (restWith / restOf)
}
