import type { OutputOf } from '#shared/contract/define.ts'
import type { previewReport, ReportContent } from '#shared/contract/report.ts'
import type { StageTimer, WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { dayOf, isoOf } from '#shared/domain/perceivedTime/days.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import { explainTimer } from '#shared/domain/workOrder/timers.ts'
import { currentAnchors } from '../../store/anchors.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readState } from '../../kernel/readState.ts'
import { slaOf } from '../configuration/config.ts'
import { expectedOf } from '../pace/expected.ts'
import { peopleOf } from '../people.ts'
import { endOfToday, readRisks } from '../rescue/risks.ts'
import { readSetting } from '../setting/read.ts'

const DAY = 86_400_000
/** What escalated longer ago and was left only yesterday is not looked for. */
const LONGEST_AGO = 366 * DAY
/** A sheet that nobody reads to its end warns of nothing. */
const MOST_OPEN = 200
const MOST_THREATENED = 40
/** From this chance on an order “will break today at its present pace”. */
const LIKELY = 0.5

const ORDER = `w.id AS "order", w.number, (SELECT name FROM customer WHERE id = w.customer) AS customer, w.model, w.serial,
  w.symptom, (SELECT display_name FROM user_account WHERE id = w.owner) AS owner`

interface OrderRow {
  readonly order: string
  readonly number: string
  readonly customer: string | null
  readonly model: string
  readonly serial: string
  readonly symptom: string
  readonly owner: string | null
}

const OPEN = `
  SELECT ${ORDER}, t.visit, t.key, t.stage, v.entered_at AS enteredAt
  FROM stage_timer AS t
  JOIN work_order AS w ON w.id = t.order_id AND w.status = 'open'
  JOIN stage_visit AS v ON v.order_id = t.order_id AND v.visit = t.visit AND v.left_at IS NULL
  WHERE t.daily_report = 1 ORDER BY t.fired_at, t.order_id, t.key`

const RESOLVED = `
  SELECT ${ORDER}, t.visit, t.key, t.stage, v.left_at AS leftAt, w.status,
    (SELECT stage FROM stage_visit WHERE order_id = v.order_id AND ordinal = v.ordinal + 1) AS next
  FROM stage_timer AS t
  JOIN work_order AS w ON w.id = t.order_id
  JOIN stage_visit AS v ON v.order_id = t.order_id AND v.visit = t.visit
  WHERE t.daily_report = 1 AND t.fired_at >= ? AND v.left_at >= ? AND v.left_at <= ?
  ORDER BY v.left_at, t.order_id, t.key`

/**
 * The daily upgrade-warning report as things stand at `now`, UTC ms; “new” and “resolved” look back a day. Gives others
 * their turn between orders.
 */
export async function readReport(db: ReadableDb, now: number): Promise<OutputOf<typeof previewReport>> {
  const zone = readSetting(db, 'company.timeZone')
  const since = now - DAY
  const rows = all<OrderRow & { visit: string; key: string; stage: StageId; enteredAt: number }>(db, OPEN)
  const open: ReportContent['open'] = []
  for (const { visit, key, ...row } of rows.slice(0, MOST_OPEN)) {
    await pause()
    const { state } = readState(db, 'workOrder', row.order)
    const timer = state.timers.find((each) => each.visit === visit && each.key === key)
    if (timer) open.push({ ...row, timer: key, ...standing(db, state, timer, since, now) })
  }
  const { threatened, limitsToday, unknown } = await threats(db, now)
  return {
    day: isoOf(dayOf(now, zone)),
    madeAt: now,
    company: readSetting(db, 'company.name'),
    zone,
    since,
    open,
    resolved: resolvedSince(db, since, now),
    holders: holdersOf(open, now),
    threatened: threatened.slice(0, MOST_THREATENED),
    limitsToday,
    unknown,
    leftOut: { open: Math.max(0, rows.length - MOST_OPEN), threatened: Math.max(0, threatened.length - MOST_THREATENED) },
    heads: currentAnchors(db, now, 'report').map(({ origin, seq, hash }) => ({ origin, seq, hash })),
  }
}

function standing(db: ReadableDb, state: WorkOrderState, timer: StageTimer, since: number, now: number) {
  const person = peopleOf(db)
  const reportedAt = timer.fired.find(({ dailyReport }) => dailyReport)?.at ?? timer.fired[0]?.at ?? now
  const called = whoWasCalled(db, state.id, timer)
  return {
    reportedAt,
    fresh: reportedAt > since,
    levels: timer.fired.length,
    called: called.map((user) => person(user).name),
    nextStep: state.promise?.step ?? null,
    nextStepKey: state.promise?.key ?? null,
    promiseBy: state.promise?.by ?? null,
    frozen: state.freeze !== null,
    why: whyOf(db, state, timer),
    expected: expectedOf(db, state, now),
  }
}

const FIRINGS = `SELECT text ->> '$.data.called' AS called FROM event
  WHERE subject = ? AND type = 'timerFired' AND text ->> '$.data.visit' = ? AND text ->> '$.data.timer' = ? ORDER BY hlc, origin, seq`

/** Each person once, in the order of the ladder. */
function whoWasCalled(db: ReadableDb, order: string, { visit, key }: StageTimer): string[] {
  const firings = all<{ called: string }>(db, FIRINGS, `workOrder:${order}`, visit, key)
  return [...new Set(firings.flatMap(({ called }) => (JSON.parse(called) as { user: string }[]).map(({ user }) => user)))]
}

/** Of the first level, the promise itself; the ladder above it counts from its firing. */
function whyOf(db: ReadableDb, state: WorkOrderState, timer: StageTimer): ReportContent['open'][number]['why'] {
  const version = state.visits.find(({ id }) => id === timer.visit)?.slaVersion
  const { step, ...first } = timer
  void step
  const sla = slaOf({ load: (kind, id) => readState(db, kind, id) }, version)
  const { start, limitMs, clock, dueAt, pieces, calendarId } = explainTimer(first, sla)
  const lasting = (kind: 'closed' | 'paused'): number =>
    pieces.reduce((sum, piece) => (piece.kind === kind ? sum + piece.to - piece.from : sum), 0)
  return { start, limitMs, clock, calendar: calendarId ?? null, closedMs: lasting('closed'), pausedMs: lasting('paused'), dueAt }
}

function resolvedSince(db: ReadableDb, since: number, now: number): ReportContent['resolved'] {
  type Row = OrderRow & {
    visit: string
    key: string
    stage: StageId
    leftAt: number
    status: 'open' | 'closed' | 'cancelled' | 'merged'
    next: StageId | null
  }
  return all<Row>(db, RESOLVED, now - LONGEST_AGO, since, now).map(({ visit, key, status, next, ...row }) => {
    const { state } = readState(db, 'workOrder', row.order)
    const timer = state.timers.find((each) => each.visit === visit && each.key === key)
    const to = next ?? (status === 'open' ? row.stage : status)
    return { ...row, reportedAt: timer?.fired.find(({ dailyReport }) => dailyReport)?.at ?? row.leftAt, to }
  })
}

function holdersOf(open: ReportContent['open'], now: number): ReportContent['holders'] {
  const holders = new Map<string | null, ReportContent['holders'][number]>()
  for (const { owner, number, fresh, enteredAt } of open) {
    const held = holders.get(owner) ?? { name: owner, orders: 0, fresh: 0, longestMs: 0, numbers: [] }
    holders.set(owner, {
      ...held,
      orders: held.orders + 1,
      fresh: held.fresh + (fresh ? 1 : 0),
      longestMs: Math.max(held.longestMs, now - enteredAt),
      numbers: [...held.numbers, number],
    })
  }
  return [...holders.values()].sort((a, b) => b.longestMs - a.longestMs || b.orders - a.orders)
}

async function threats(db: ReadableDb, now: number): Promise<Pick<ReportContent, 'threatened' | 'limitsToday' | 'unknown'>> {
  const risks = await readRisks(db, now, endOfToday(db, now))
  const likely = risks.flatMap(({ order, chance, clock, segment, due, stage }) =>
    chance !== null && chance >= LIKELY ? [{ order, chance, clock, segment, due, stage }] : [],
  )
  const ids = JSON.stringify(likely.map(({ order }) => order))
  const rows = all<OrderRow>(db, `SELECT ${ORDER} FROM work_order AS w WHERE w.id IN (SELECT value FROM json_each(?))`, ids)
  const byId = new Map(rows.map((row) => [row.order, row]))
  return {
    threatened: likely.flatMap((risk) => {
      const row = byId.get(risk.order)
      return row ? [{ ...row, ...risk }] : []
    }),
    limitsToday: risks.length,
    unknown: risks.filter(({ chance }) => chance === null).length,
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
