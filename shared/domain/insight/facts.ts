import { perceive, totalOf, type Perceived } from '../perceivedTime/perceive.ts'
import type { WorkOrderState } from '../workOrder/state.ts'

/** METRICS, "Rates": the constants of its definitions. */
export const DAY_MS = 86_400_000
export const STUCK_AFTER_MS = 2 * DAY_MS
export const SOON_MS = 30 * DAY_MS

/** By what figures are told apart. */
export const DIMENSIONS = ['team', 'model', 'region', 'provider'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** UTC ms, half-open; `to` null: it goes on. */
export interface Span {
  readonly from: number
  readonly to: number | null
}

/** What METRICS, "Rates", asks of one order. Pure: nothing here depends on a zone, on the present or on other orders. */
export interface OrderFacts {
  readonly perceived: Perceived
  readonly totalMs: number | null
  /** Cancelled and merged orders are outside every denominator. */
  readonly counted: boolean
  readonly closedAt: number | null
  /** First contact → closing. */
  readonly closeMs: number | null
  readonly lead: string | null
  readonly values: Readonly<Record<Dimension, string>>
  /** Machine and symptom: another order of both is the same trouble once more. */
  readonly repeatKey: string | null
  /** In the order of time, as those of `stuck`; only the last one may go on. */
  readonly open: readonly Span[]
  /** From the 48th hour of a visit or of a hand-over on. One that goes on may begin in the future. */
  readonly stuck: readonly Span[]
  /** When the first limit of a stage passed, once a visit and timer. */
  readonly breaches: readonly { readonly at: number; readonly stage: string }[]
}

const known = new WeakMap<WorkOrderState, OrderFacts>()

/** Of a registered order. */
export function factsOf(state: WorkOrderState): OrderFacts {
  let facts = known.get(state)
  if (!facts) known.set(state, (facts = makeFacts(state)))
  return facts
}

const textOf = (state: WorkOrderState, field: string): string => {
  const value = state.fields[field]
  return typeof value === 'string' ? value : ''
}

function makeFacts(state: WorkOrderState): OrderFacts {
  const perceived = perceive(state)
  const closedAt = state.status === 'closed' ? state.closedAt : null
  const lead = leadOf(state)
  const worker = lead ?? state.owner
  return {
    perceived,
    totalMs: totalOf(perceived),
    counted: state.status === 'open' || state.status === 'closed',
    closedAt,
    closeMs: closedAt === null ? null : Math.max(0, closedAt - state.firstContactAt),
    lead,
    values: {
      team: textOf(state, 'team') || (worker ? `user:${worker}` : ''),
      model: textOf(state, 'model'),
      region: textOf(state, 'region') || textOf(state, 'site'),
      provider: textOf(state, 'provider'),
    },
    repeatKey: repeatKeyOf(state),
    open: openSpans(state),
    stuck: stuckSpans(state),
    breaches: state.timers.flatMap(({ fired, stage }) => (fired[0] ? { at: fired[0].at, stage } : [])),
  }
}

/** The engineer booked last or, where none is, the one who arrived last. */
function leadOf({ appointment, arrivals }: WorkOrderState): string | null {
  return appointment?.engineer ?? arrivals[arrivals.length - 1]?.engineer ?? null
}

function repeatKeyOf(state: WorkOrderState): string | null {
  const serial = textOf(state, 'serial')
  const machine = textOf(state, 'equipment') || (serial && `${textOf(state, 'model')} ${serial}`)
  const symptom = textOf(state, 'faultSymptom')
  return machine && symptom ? `${machine}\n${symptom}` : null
}

/** Reopened, an order is open once more: its visits without the gaps between them. */
function openSpans(state: WorkOrderState): Span[] {
  const end = state.status === 'open' ? null : (state.closedAt ?? state.registeredAt)
  if (state.visits.length === 0) return [{ from: state.registeredAt, to: end }]
  const spans: { from: number; to: number | null }[] = []
  for (const visit of state.visits) {
    const last = spans[spans.length - 1]
    const to = visit.leftAt ?? (end === null ? null : Math.max(end, visit.enteredAt))
    if (last && last.to !== null && visit.enteredAt <= last.to) last.to = to
    else spans.push({ from: visit.enteredAt, to })
  }
  return spans
}

/** Ended ones merged where a visit and a hand-over overlap, in the order of time; then what goes on. */
function stuckSpans({ visits, handovers, handover, status }: WorkOrderState): Span[] {
  const ended: { from: number; to: number }[] = []
  const running: number[] = handover && status === 'open' ? [handover.offeredAt] : []
  for (const { enteredAt: from, leftAt: to } of visits) {
    if (to === null) running.push(from)
    else if (to - from >= STUCK_AFTER_MS) ended.push({ from: from + STUCK_AFTER_MS, to })
  }
  for (const { from, to } of handovers) if (to - from >= STUCK_AFTER_MS) ended.push({ from: from + STUCK_AFTER_MS, to })
  const merged: { from: number; to: number }[] = []
  for (const span of ended.sort((a, b) => a.from - b.from)) {
    const last = merged[merged.length - 1]
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else merged.push(span)
  }
  return running.length === 0 ? merged : [...merged, { from: Math.min(...running) + STUCK_AFTER_MS, to: null }]
}
