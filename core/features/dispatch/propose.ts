import { figuresOf, type Placed, type PlanFigures } from '#shared/domain/dispatch/figures.ts'
import { CHANGE_TOLERANCE_MS, type Solution, type Unserved } from '#shared/domain/dispatch/problem.ts'
import type { Say, Saying } from '#shared/domain/dispatch/say.ts'
import { PLAIN_VISIT, type Span } from '#shared/domain/roster/types.ts'
import type { Prepared } from './prepare.ts'

const MINUTE = 60_000

export interface Placement {
  readonly engineers: readonly string[]
  readonly from: number
  readonly to: number
}

/** What a plan changes at one order; kept with ids alone, names are read when it is shown. */
export interface KeptChange {
  readonly order: string
  readonly kind: 'added' | 'moved' | 'removed' | 'same'
  readonly before: Placement | null
  readonly after: Placement | null
  readonly forced: boolean
  readonly accepted: boolean | null
  readonly refusal: { readonly code: string; readonly params: Readonly<Record<string, unknown>> } | null
}

/** What a plan came to, as `dispatch_plan.content` holds it. */
export interface PlanContent {
  readonly iterations: number
  readonly cost: number
  readonly before: PlanFigures
  readonly after: PlanFigures
  readonly changes: readonly KeptChange[]
  readonly unserved: readonly { readonly order: string; readonly reason: Say }[]
  readonly remarks: readonly Say[]
  readonly stability: { readonly changed: number; readonly forced: number; readonly kept: number }
}

/** From the planner's answer to what a person decides about: order by order, before and after. */
export function propose(prepared: Prepared, solution: Solution): PlanContent {
  const { before, movable, forced, orders, rosters, span, travel } = prepared
  const placed = placedBy(prepared, solution)
  const was = new Map(before.map((job) => [job.order, job]))
  const changes = [...movable].flatMap((order): KeptChange[] => {
    const [old, fresh] = [was.get(order), placed.get(order)]
    if (!old && !fresh) return []
    const kind = !old ? 'added' : !fresh ? 'removed' : isSame(old, fresh) ? 'same' : 'moved'
    return [{ order, kind, before: placementOf(old), after: placementOf(fresh), forced: forced.has(order), accepted: null, refusal: null }]
  })
  const hadPlace = changes.filter(({ kind }) => kind !== 'added')
  const changed = hadPlace.filter((change) => isChange(change))
  const numberOf = (order: string): string => orders.get(order)?.number ?? order
  const unserved = [...prepared.unserved, ...solution.unserved.map((left) => ({ order: left.job, reason: comesTooLate(prepared, placed, left, numberOf) ?? reasonOf(left, numberOf, neededOf(prepared, left.job)) }))]
  const fixed = before.filter(({ order }) => !movable.has(order))
  const after = [...fixed, ...placed.values()]
  const open = unserved.length
  return {
    iterations: solution.iterations,
    cost: solution.costs.total,
    before: figuresOf(before, open + changes.filter(({ kind }) => kind === 'added').length - hadPlace.filter(({ kind }) => kind === 'removed').length, rosters, span, travel),
    after: figuresOf(after, open, rosters, span, travel),
    changes: changes.sort((a, b) => beginOf(a) - beginOf(b) || (a.order < b.order ? -1 : 1)),
    unserved,
    remarks: [...prepared.remarks, ...solution.remarks.flatMap(({ id, code, detail }): Say[] => {
      const engineer = rosters.find((roster) => roster.engineer === id)
      if (code === 'afterUnknown') return []
      return [{ code, params: { ...(engineer ? { engineer: id, name: engineer.name } : { order: id, number: numberOf(id) }), ...(detail !== undefined && { detail }) }, against: true }]
    })],
    stability: { changed: changed.length, forced: changed.filter((change) => change.forced).length, kept: hadPlace.length + fixed.length - changed.length },
  }
}

const placementOf = (job: Placed | undefined): Placement | null => (job ? { engineers: job.engineers, from: job.from, to: job.to } : null)

const beginOf = ({ before, after }: KeptChange): number => after?.from ?? before?.from ?? 0

/** Jobs of the solution that were free to be placed, each with its whole crew; who leads goes on leading. */
function placedBy({ movable, before, due, visits }: Prepared, { rounds }: Solution): Map<string, Placed> {
  const found = new Map<string, Placed>()
  for (const { engineer, stops } of rounds) {
    for (const { job, start, finish } of stops) {
      if (!movable.has(job)) continue
      const engineers = [...(found.get(job)?.engineers ?? []), engineer]
      found.set(job, { order: job, engineers, from: start, to: finish, place: visits.get(job)?.place ?? null, dueAt: due.get(job) ?? null })
    }
  }
  const leads = new Map(before.map(({ order, engineers }) => [order, engineers[0]]))
  for (const [order, placed] of found) {
    const lead = leads.get(order)
    const engineers = [...placed.engineers].sort((a, b) => Number(b === lead) - Number(a === lead))
    found.set(order, { ...placed, engineers })
  }
  return found
}

const sameCrew = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((each) => b.includes(each))

const isSame = (a: Placed, b: Placed): boolean => a.from === b.from && a.to === b.to && sameCrew(a.engineers, b.engineers)

/** A begin that slips by a little is none to the customer. */
function isChange({ kind, before, after }: KeptChange): boolean {
  if (kind === 'removed') return true
  if (kind !== 'moved' || !before || !after) return false
  return !sameCrew(before.engineers, after.engineers) || Math.abs(after.from - before.from) > CHANGE_TOLERANCE_MS
}

const WORDS: Readonly<Record<Unserved['reason'], Saying>> = {
  noEngineers: 'noEngineers',
  notQualified: 'notQualified',
  certificateExpired: 'certificateExpired',
  crewTooSmall: 'crewTooSmall',
  absent: 'absent',
  offShift: 'offShift',
  windowTooShort: 'windowTooShort',
  windowPassed: 'windowPassed',
  afterUnserved: 'afterUnserved',
  afterCircle: 'afterCircle',
  pinImpossible: 'pinImpossible',
  invalid: 'invalid',
  noRoom: 'othersWeighMore',
}

/** What has to be done before is done after the customer's last window: that others weigh more is not why. */
function comesTooLate({ visits, before, movable }: Prepared, placed: ReadonlyMap<string, Placed>, { job, reason }: Unserved, numberOf: (order: string) => string): Say | null {
  const { windows, after } = visits.get(job)?.needs ?? PLAIN_VISIT
  if (reason !== 'noRoom' || windows.length === 0) return null
  const last = Math.max(...windows.map(({ to }) => to))
  const fixed = before.filter(({ order }) => !movable.has(order))
  const late = [...fixed, ...placed.values()].find(({ order, to }) => after.includes(order) && to > last)
  return late ? { code: 'beforePredecessor', params: { number: numberOf(late.order), to: late.to }, against: true } : null
}

interface Needed {
  /** How long it takes, minutes. */
  readonly minutes: number
  /** The customer's first window in the span; absent: at any time. */
  readonly window?: Span
}

function neededOf({ visits, problem, span }: Prepared, order: string): Needed {
  const job = problem.jobs.find(({ id }) => id === order)
  const window = visits.get(order)?.needs.windows.find(({ from, to }) => from < span.to && to >= span.from)
  return { minutes: Math.round((job?.durationMs ?? 0) / MINUTE), ...(window && { window }) }
}

function reasonOf({ reason, detail = '' }: Unserved, numberOf: (order: string) => string, { minutes, window }: Needed): Say {
  if (reason === 'windowTooShort') {
    return window
      ? { code: 'windowTooShort', params: { from: window.from, to: window.to, minutes }, against: true }
      : { code: 'shiftTooShort', params: { minutes }, against: true }
  }
  return { code: WORDS[reason], params: paramsOf(reason, detail, numberOf), against: true }
}

function paramsOf(reason: Unserved['reason'], detail: string, numberOf: (order: string) => string): Say['params'] {
  const [skill = '', level = ''] = detail.split(':')
  switch (reason) {
    case 'notQualified':
      return { skill, level: Number(level) || 1, has: 0 }
    case 'certificateExpired':
      return { skill, level: Number(level) || 1, until: null }
    case 'afterUnserved':
      return { number: numberOf(detail) }
    case 'invalid':
      return { field: detail }
    default:
      return detail === '' ? {} : { detail }
  }
}
