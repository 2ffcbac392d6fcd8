import { FEWEST } from '../pace/expect.ts'
import { Activity } from './activity.ts'
import { dot, fitLogistic, logit, sigmoid, type Case } from './logistic.ts'

/** One finished stretch of a past order, and of which kind the order was. */
export interface Past {
  readonly symptom: string
  readonly model: string
  /** UTC ms. */
  readonly from: number
  readonly to: number
}

/** Will a stretch that runs since `from` still run at `due`? */
export interface Question {
  readonly symptom: string
  readonly model: string
  readonly from: number
  readonly now: number
  readonly due: number
}

export interface ChanceModel {
  /** 0 < chance < 1 that it is missed: it lasts to `due` or longer. */
  chance(question: Question): number
  /** Past stretches that it rests on. */
  readonly orders: number
}

export interface Learning {
  readonly zone: string
  /** The limit that such stretches have, ms: the model is tuned where questions will be asked. */
  readonly limitMs: number
  /** UTC ms: what ended later is not known yet. */
  readonly until: number
}

const DAY = 86_400_000
/** Questions reach at most so far beyond what is known. */
const AHEAD = 40 * DAY
/** Weight of the wider kind of orders in the estimate of a narrower one, in orders. */
const SHRINK = 20
const PRIOR = 5
/** Moments at which a past order would have been asked about, in parts of its limit. */
const ASKED_AT = [0.02, 0.25, 0.5, 0.75, 0.92]

/**
 * The chance that a limit is missed, from past orders alike: of those that lasted as long as this one has, the share that
 * lasted to its limit too, time being measured by the pace of the week (`Activity`), narrower kinds (symptom, symptom +
 * model) drawn towards wider ones; then brought onto the observed frequencies by a logistic curve.
 * @returns null where fewer than 30 past stretches teach anything
 */
export function learnChance(past: readonly Past[], { zone, limitMs, until }: Learning): ChanceModel | null {
  const known = past.filter(({ from, to }) => to <= until && to >= from)
  if (known.length < FEWEST) return null
  const activity = new Activity(known, zone, until + AHEAD)
  const kinds = new Kinds()
  for (const each of known) kinds.add(each, activity.between(each.from, each.to))
  kinds.sort()
  const featuresOf = (question: Question, own?: number): number[] => {
    const spent = activity.between(question.from, question.now)
    const whole = activity.between(question.from, question.due)
    return [1, logit(kinds.survival(question, spent, whole, own)), Math.log1p(Math.max(0, spent))]
  }
  const cases = known.flatMap((each): Case[] => {
    const own = activity.between(each.from, each.to)
    return askedOf(each, limitMs).map((question) => ({ features: featuresOf(question, own), hit: each.to >= question.due }))
  })
  const weights = fitLogistic(cases, [0, 1, 0])
  return {
    orders: known.length,
    chance: (question) => (question.due <= question.now ? 1 : sigmoid(dot(weights, featuresOf(question)))),
  }
}

/** The questions that would have been asked about a past stretch while it ran. */
export function askedOf({ symptom, model, from, to }: Past, limitMs: number): Question[] {
  return ASKED_AT.map((part) => from + part * limitMs)
    .filter((now) => now < to)
    .map((now) => ({ symptom, model, from, now, due: from + limitMs }))
}

/** Lengths by kind of order, in measured time. */
class Kinds {
  readonly #lengths = new Map<string, number[]>()

  add({ symptom, model }: Past, length: number): void {
    for (const key of keysOf(symptom, model)) {
      const list = this.#lengths.get(key)
      if (list) list.push(length)
      else this.#lengths.set(key, [length])
    }
  }

  sort(): void {
    for (const list of this.#lengths.values()) list.sort((a, b) => a - b)
  }

  /**
   * The share that lasts to `whole` of what has lasted for `spent`. Where nothing lasted as long, an even pace.
   * @param own length of one of them that is left out: it is asked about itself
   */
  survival({ symptom, model }: { symptom: string; model: string }, spent: number, whole: number, own?: number): number {
    let share = Math.exp(-Math.max(0, whole - spent))
    let weight = PRIOR
    for (const key of keysOf(symptom, model)) {
      const lengths = this.#lengths.get(key) ?? []
      const mine = own === undefined ? 0 : 1
      const alive = lengths.length - place(lengths, spent) - (mine && (own as number) >= spent ? 1 : 0)
      const late = lengths.length - place(lengths, whole) - (mine && (own as number) >= whole ? 1 : 0)
      share = (Math.max(0, late) + weight * share) / (Math.max(0, alive) + weight)
      weight = SHRINK
    }
    return share
  }
}

/** From the widest to the narrowest kind. */
function keysOf(symptom: string, model: string): string[] {
  if (symptom === '') return ['']
  return model === '' ? ['', symptom] : ['', symptom, `${symptom}\n${model}`]
}

/** How many of a sorted list are below `value`. */
function place(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
