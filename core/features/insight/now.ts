import { AGES, type insightAgeing, type insightBreaches, type insightWaits } from '#shared/contract/insight.ts'
import type { OutputOf } from '#shared/contract/define.ts'
import { DAY_MS } from '#shared/domain/insight/facts.ts'
import { isPiece, isWaitParty } from '#shared/domain/perceivedTime/pieces.ts'
import { STAGES, type StageId } from '#shared/domain/workOrder/stages.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import type { Chosen } from './filter.ts'
import { hourOf } from './rollup.ts'
import { isLong, packedOf, waitsIn } from './packed.ts'
import { packedFirings, packedWaits } from './packedSums.ts'
import { singleOf, type Days } from './sums.ts'
import { dayOf, startOf } from '#shared/domain/perceivedTime/days.ts'

/** Open orders by stage and class of age. */
export function readAgeing(db: ReadableDb, chosen: Chosen, now: number): OutputOf<typeof insightAgeing>['stages'] {
  const classes = AGES.map((edge) => `(w.first_contact_at <= ${now - edge * DAY_MS})`).join(' + ')
  const rows = all<{ stage: StageId; age: number; n: number }>(
    db,
    chosen.where === ''
      ? `SELECT w.stage, ${classes} AS age, count(*) AS n FROM work_order AS w WHERE w.status = 'open' GROUP BY 1, 2`
      : `SELECT w.stage, ${classes} AS age, count(*) AS n FROM work_order AS w JOIN order_insight AS i ON i.order_id = w.id
         WHERE w.status = 'open'${chosen.where} GROUP BY 1, 2`,
    ...chosen.params,
  )
  return STAGES.map((stage) => ({
    stage,
    ages: Array.from({ length: AGES.length + 1 }, (_, age) => rows.find((row) => row.stage === stage && row.age === age)?.n ?? 0),
  }))
}

/** Limits of stages that passed, by stage and hour. */
export function readBreaches(db: ReadableDb, { from, to }: Days, chosen: Chosen, zone: string): OutputOf<typeof insightBreaches>['cells'] {
  const counts = new Map<string, { stage: StageId; hour: number; orders: number }>()
  const add = (stage: StageId, hour: number, orders: number): void => {
    const cell = counts.get(`${stage} ${hour}`)
    if (cell) cell.orders += orders
    else counts.set(`${stage} ${hour}`, { stage, hour, orders })
  }
  const single = singleOf(chosen)
  const packed = single ? undefined : packedOf(db)
  if (packed) for (const { stage, hour, orders } of packedFirings(packed, { from, to }, zone, chosen)) add(stage, hour, orders)
  else if (single) {
    const text = `SELECT stage, hour, sum(orders) AS orders FROM insight_breach
      WHERE dimension = ? AND value = ? AND day BETWEEN ? AND ? GROUP BY stage, hour`
    for (const key of single.keys) {
      const rows = all<{ stage: StageId; hour: number; orders: number }>(db, text, single.dimension, key, from, to)
      for (const { stage, hour, orders } of rows) add(stage, hour, orders)
    }
  } else {
    const rows = all<{ stage: StageId; at: number }>(
      db,
      `SELECT t.stage, t.fired_at AS at FROM stage_timer AS t JOIN order_insight AS i USING (order_id)
       WHERE t.fired_at >= ? AND t.fired_at < ? AND i.counted = 1${chosen.where}`,
      startOf(from, zone),
      startOf(to + 1, zone),
      ...chosen.params,
    )
    for (const { stage, at } of rows) add(stage, hourOf(at, dayOf(at, zone), zone), 1)
  }
  return [...counts.values()].sort((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || a.hour - b.hour)
}

type Waits = Pick<OutputOf<typeof insightWaits>, 'orders' | 'totalMs' | 'waits'>

/** Where the time of closed orders went, longest wait first. */
export function readWaits(db: ReadableDb, { from, to }: Days, chosen: Chosen, orders: readonly string[] | undefined): Waits {
  const packed = orders === undefined && (chosen.by.size > 0 || isLong({ from, to })) ? packedOf(db) : undefined
  if (packed) {
    const { orders: known, sums } = packedWaits(packed, { from, to }, chosen)
    return ranked(known, sums)
  }
  const rows =
    orders === undefined
      ? all<{ waits: string }>(
          db,
          `SELECT s.waits FROM order_insight AS i JOIN order_waits AS s USING (order_id)
           WHERE i.closed_day BETWEEN ? AND ?${chosen.where}`,
          from,
          to,
          ...chosen.params,
        )
      : all<{ waits: string }>(db, 'SELECT waits FROM order_waits WHERE order_id IN (SELECT value FROM json_each(?))', JSON.stringify(orders))
  const sums = new Map<string, { ms: number; orders: number }>()
  for (const { waits } of rows) {
    for (const [name, ms] of waitsIn(waits)) {
      const sum = sums.get(name)
      if (sum) {
        sum.ms += ms
        sum.orders += 1
      } else sums.set(name, { ms, orders: 1 })
    }
  }
  return ranked(rows.length, sums)
}

/** Longest first. */
function ranked(orders: number, sums: ReadonlyMap<string, { readonly ms: number; readonly orders: number }>): Waits {
  const waits = [...sums].flatMap(([name, sum]) => {
    const [piece = '', party = ''] = name.split('.')
    return isPiece(piece) && isWaitParty(party) ? [{ piece, party, ...sum }] : []
  })
  return {
    orders,
    totalMs: waits.reduce((sum, { ms }) => sum + ms, 0),
    waits: waits.sort((a, b) => b.ms - a.ms || (`${a.piece}${a.party}` < `${b.piece}${b.party}` ? -1 : 1)),
  }
}
