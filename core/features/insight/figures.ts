import type { InsightFigures, InsightFilter } from '#shared/contract/insight.ts'
import { SOON_MS } from '#shared/domain/insight/facts.ts'
import { isoOf } from '#shared/domain/perceivedTime/days.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { closePercentiles } from './closing.ts'
import { teamChosen, type Chosen } from './filter.ts'
import { readOnShift } from './onShift.ts'
import { revenueErrors } from './revenue.ts'
import { countIds, openIds, stuckIds } from './standing.ts'
import { readSums, type Days, type Sums } from './sums.ts'

export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** Net promoter score of the stars given, −100 to 100: 5 promotes, 4 is passive, 1 to 3 detracts. */
export function promotion(sums: Sums) {
  const stars = [sums.stars_1, sums.stars_2, sums.stars_3, sums.stars_4, sums.stars_5]
  const rated = stars.reduce((sum, n) => sum + n, 0)
  const detractors = sums.stars_1 + sums.stars_2 + sums.stars_3
  return {
    rated,
    promoters: sums.stars_5,
    passives: sums.stars_4,
    detractors,
    nps: rated === 0 ? null : (100 * (sums.stars_5 - detractors)) / rated,
    meanStars: share(stars.reduce((sum, n, index) => sum + n * (index + 1), 0), rated),
  }
}

/** METRICS, "Rates", of a period of days. */
export function readFigures(db: ReadableDb, days: Days, chosen: Chosen, filter: InsightFilter, zone: string, now: number): InsightFigures {
  const sums = readSums(db, days, chosen)
  const { medianMs, p80Ms } = closePercentiles(db, days, chosen)
  const open = countIds(db, openIds(days, zone, now), chosen)
  const stuck = countIds(db, stuckIds(days, zone, now), chosen)
  return {
    created: sums.created,
    cancelled: sums.cancelled,
    merged: sums.merged,
    closedSince: sums.closed_since,
    closedSoon: sums.closed_soon,
    closedLoopRate: share(sums.closed_since, sums.created),
    closedSoonRate: share(sums.closed_soon, sums.created),
    inquiries: sums.inquiries,
    secondInquiries: share(sums.inquiries, sums.created),
    complained: sums.complained,
    overtime: sums.overtime,
    otherCause: sums.other_cause,
    complaintRate: share(sums.complained, sums.created),
    open,
    stuck,
    stuckRate: share(stuck, open),
    closed: sums.closed,
    meanCloseMs: share(sums.close_ms, sums.closed),
    medianCloseMs: medianMs,
    p80CloseMs: p80Ms,
    fixed: sums.fixed,
    fixedRate: share(sums.fixed, sums.closed),
    remote: sums.remote,
    remoteFixed: sums.remote_fixed,
    provisional: provisional(db, days, chosen, now),
    ...promotion(sums),
    led: sums.led,
    ...perEngineerDay(db, days, chosen, filter, zone, now, sums.led),
    revenue: revenueErrors(db, days, chosen),
  }
}

/** Closed so lately that a new order may still tell that they were not fixed. */
const provisional = (db: ReadableDb, { from, to }: Days, { where, params }: Chosen, now: number): number =>
  one<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM order_insight AS i INDEXED BY order_insight_lately
     WHERE i.closed_at > ? AND i.closed_day BETWEEN ? AND ?${where}`,
    now - SOON_MS,
    from,
    to,
    ...params,
  )?.n ?? 0

/** METRICS, "effective orders per engineer-day": of the part of the period in which shifts are kept. */
function perEngineerDay(db: ReadableDb, days: Days, chosen: Chosen, filter: InsightFilter, zone: string, now: number, led: number) {
  const team = teamChosen(filter)
  if (team === undefined) return { rosterFrom: null, rosterLed: led, engineerDays: null, perEngineerDay: null }
  const { engineerDays, since } = readOnShift(db, days, zone, now, team ?? undefined)
  if (since === null) return { rosterFrom: null, rosterLed: 0, engineerDays: 0, perEngineerDay: null }
  const rosterLed = since === days.from ? led : readSums(db, { from: since, to: days.to }, chosen).led
  return { rosterFrom: isoOf(since), rosterLed, engineerDays, perEngineerDay: share(rosterLed, engineerDays) }
}
