import { DIMENSIONS, factsOf, SOON_MS, type Dimension, type Span } from '#shared/domain/insight/facts.ts'
import { dayOf } from '#shared/domain/perceivedTime/days.ts'
import { partiesIn } from '#shared/domain/perceivedTime/perceive.ts'
import { bucketOf, RATED, type RatedPiece } from '#shared/domain/perceivedTime/pieces.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { Row } from '../../kernel/rows.ts'
import { joinSlots, NOT_APPLICABLE } from '../perceivedTime/rollup.ts'

/** Later than any instant. */
const NEVER = 9_000_000_000_000_000

type Flag = 0 | 1
const flag = (value: boolean): Flag => (value ? 1 : 0)

type Values = Readonly<Record<Dimension, string>>
type StageColumns = Readonly<Record<`${RatedPiece}_${'day' | 'slot' | 'ms'}`, number | null>>

/** A row of `order_insight`. `repeats` and `fixed` follow from other orders too. */
export interface InsightRow extends Values, StageColumns {
  readonly order_id: string
  readonly lead: string | null
  readonly outcome: string
  readonly counted: Flag
  readonly created_at: number
  readonly created_day: number
  readonly open_since: number | null
  readonly closed_at: number | null
  readonly closed_day: number | null
  readonly soon: Flag
  readonly close_ms: number | null
  readonly close_slot: number | null
  readonly remote: Flag
  readonly arrivals: number
  readonly reopened: number
  readonly repeat_key: string | null
  readonly repeats: number
  readonly fixed: Flag
  readonly inquiries: number
  readonly overtime: number
  readonly other_cause: number
  readonly total_slot: number | null
  readonly total_ms: number | null
  readonly all_slots: number | null
  readonly at_call: Flag
  readonly by_wish: Flag
  readonly settled_day: number
}

/** METRICS, "first-time fix": at most one arrival, not reopened, no new order for the same trouble. */
export const isFixed = (row: Pick<InsightRow, 'closed_at' | 'arrivals' | 'reopened' | 'repeats'>): Flag =>
  flag(row.closed_at !== null && row.arrivals <= 1 && row.reopened === 0 && row.repeats === 0)

/** @param repeats new orders of the same machine and symptom after this one's closing */
export function insightRow(state: WorkOrderState, zone: string, repeats: number): InsightRow {
  const facts = factsOf(state)
  const { perceived, closedAt, totalMs } = facts
  const isRatedOrder = perceived.outcome === 'open' || perceived.outcome === 'closed'
  const stages: Record<string, number | null> = {}
  for (const stage of RATED) {
    const piece = isRatedOrder ? perceived.pieces.find((each) => each.piece === stage && each.to !== null) : undefined
    const ms = piece ? (piece.to as number) - piece.from : null
    stages[`${stage}_day`] = piece ? dayOf(piece.to as number, zone) : null
    stages[`${stage}_slot`] = ms === null ? null : bucketOf(ms)
    stages[`${stage}_ms`] = ms
  }
  const total = perceived.outcome === 'closed' ? totalMs : null
  const slots = RATED.map((stage) => stages[`${stage}_slot`] ?? null)
  const row = {
    order_id: state.id,
    ...(Object.fromEntries(DIMENSIONS.map((name) => [name, facts.values[name]])) as Values),
    lead: facts.lead,
    outcome: perceived.outcome,
    counted: flag(facts.counted),
    created_at: state.registeredAt,
    created_day: dayOf(state.registeredAt, zone),
    open_since: facts.counted ? runningSince(facts.open) : null,
    closed_at: closedAt,
    closed_day: closedAt === null ? null : dayOf(closedAt, zone),
    soon: flag(closedAt !== null && closedAt - state.registeredAt < SOON_MS),
    close_ms: facts.closeMs,
    close_slot: facts.closeMs === null ? null : bucketOf(facts.closeMs),
    remote: flag(perceived.remote),
    arrivals: state.arrivals.length,
    reopened: state.reopenCount,
    repeat_key: facts.repeatKey,
    repeats,
    inquiries: state.inquiries,
    overtime: state.complaintCauses.overtime,
    other_cause: state.complaintCauses.other,
    ...(stages as StageColumns),
    total_slot: total === null ? null : bucketOf(total),
    total_ms: total,
    all_slots: total === null || slots.every((slot) => slot === null) ? null : joinSlots(slots.map((slot) => slot ?? NOT_APPLICABLE)),
    at_call: flag(perceived.atCall),
    by_wish: flag(perceived.byWish),
  }
  const days = [row.created_day, row.closed_day, ...RATED.map((stage) => stages[`${stage}_day`])]
  return { ...row, fixed: isFixed(row), settled_day: Math.max(...days.map((day) => day ?? 0)) }
}

const runningSince = (spans: readonly Span[]): number | null => spans.find(({ to }) => to === null)?.from ?? null

export function spanRows(state: WorkOrderState | null): readonly Row[] {
  if (!state?.registered) return []
  const facts = factsOf(state)
  if (!facts.counted) return []
  const rows = (kind: string, spans: readonly Span[]): Row[] =>
    spans.flatMap(({ from, to }, index) =>
      to === null ? [] : [{ kind, to_at: to, order_id: state.id, from_at: from, next_from: spans[index + 1]?.from ?? NEVER }],
    )
  return [...rows('open', facts.open), ...rows('stuck', facts.stuck)]
}

export const ratingRows = (state: WorkOrderState | null, zone: string): readonly (Row & { day: number; stars: number })[] =>
  state?.registered && factsOf(state).counted
    ? state.ratings.map(({ at, stars }) => ({ day: dayOf(at, zone), order_id: state.id, at, stars }))
    : []

export function waitsRows(state: WorkOrderState | null): readonly Row[] {
  if (!state?.registered) return []
  const { perceived, totalMs } = factsOf(state)
  if (perceived.outcome !== 'closed' || totalMs === null) return []
  const parts = perceived.pieces.flatMap(({ piece, from, to }) =>
    [...partiesIn(state, from, to ?? from)].map(([party, ms]) => `${piece}.${party}=${ms}`),
  )
  return [{ order_id: state.id, waits: parts.join() }]
}
