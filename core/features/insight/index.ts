import * as contract from '#shared/contract/insight.ts'
import type { Dimension } from '#shared/domain/insight/facts.ts'
import { dayFromIso, isoOf } from '#shared/domain/perceivedTime/days.ts'
import type { QueryContract } from '#shared/contract/define.ts'
import { query, type Feature, type QueryHandler } from '../../kernel/feature.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { NONE } from '#shared/contract/board.ts'
import { zoneOfRows } from '../perceivedTime/zone.ts'
import { readSetting } from '../setting/read.ts'
import { readOrders } from './drill.ts'
import { promotion, readFigures, share } from './figures.ts'
import { chosen, keysByChoice } from './filter.ts'
import { readAgeing, readBreaches, readWaits } from './now.ts'
import { awayRows, insightRows } from './projection.ts'
import { add, readDays, readValues, type Days, type Sums } from './sums.ts'

const daysOf = ({ from, to }: { readonly from: string; readonly to: string }): Days => ({ from: dayFromIso(from), to: dayFromIso(to) })

/** A service provider by its name; all else is its own. */
function namesOf(db: ReadableDb, dimension: Dimension): (value: string) => string {
  if (dimension !== 'provider') return (value) => value
  const names = new Map(all<{ id: string; name: string }>(db, 'SELECT id, name FROM service_provider').map(({ id, name }) => [id, name]))
  return (value) => names.get(value) ?? value
}

const rates = (sums: Sums) => {
  const { rated, nps } = promotion(sums)
  return {
    created: sums.created,
    closed: sums.closed,
    closedLoopRate: share(sums.closed_since, sums.created),
    meanCloseMs: share(sums.close_ms, sums.closed),
    fixedRate: share(sums.fixed, sums.closed),
    complaintRate: share(sums.complained, sums.created),
    rated,
    nps,
  }
}

/** Over years these take longer than a slice of the writer's time. */
const figures = <C extends QueryContract>(of: C, handle: QueryHandler<C>) => query(of, handle, 'figures')

export const insight: Feature = {
  name: 'insight',
  commands: [],
  queries: [
    figures(contract.insightSummary, ({ compare, filter, ...period }, { db, now }) => {
      const zone = zoneOfRows(db)
      const of = chosen(db, filter)
      return {
        now,
        zone,
        figures: readFigures(db, daysOf(period), of, filter, zone, now),
        compared: compare ? readFigures(db, daysOf(compare), of, filter, zone, now) : null,
      }
    }),

    figures(contract.insightTrend, ({ filter, step, ...period }, { db, now }) => {
      const days = daysOf(period)
      const sums = readDays(db, days, chosen(db, filter))
      const steps = new Map<string, Sums[]>()
      for (let day = days.from; day <= days.to; day++) {
        const iso = isoOf(day)
        const from = step === 'day' || steps.size === 0 ? iso : `${iso.slice(0, 7)}-01`
        const key = step === 'day' ? iso : ([...steps.keys()].find((known) => known.startsWith(iso.slice(0, 7))) ?? from)
        const of = sums.get(day)
        steps.set(key, [...(steps.get(key) ?? []), ...(of ? [of] : [])])
      }
      return { now, steps: [...steps].map(([from, list]) => ({ from, ...rates(add(list)) })) }
    }),

    figures(contract.insightBreakdown, ({ filter, by, ...period }, { db, now }) => {
      const choices = keysByChoice(db, by)
      const values = readValues(db, daysOf(period), chosen(db, filter), by, [...choices.values()].flat())
      const nameOf = namesOf(db, by)
      const rows = [...choices].flatMap(([value, keys]) => {
        const sums = add(keys.flatMap((key) => values.get(key) ?? []))
        const isEmpty = sums.created === 0 && sums.closed === 0 && promotion(sums).rated === 0
        return isEmpty ? [] : [{ value, name: value === NONE ? '' : nameOf(value), ...rates(sums) }]
      })
      return { now, rows: rows.sort((a, b) => b.created - a.created || b.closed - a.closed || (a.value < b.value ? -1 : 1)) }
    }),

    figures(contract.insightBreaches, ({ filter, ...period }, { db, now }) => {
      const cells = readBreaches(db, daysOf(period), chosen(db, filter), zoneOfRows(db))
      return { now, total: cells.reduce((sum, { orders }) => sum + orders, 0), cells }
    }),

    figures(contract.insightAgeing, ({ filter }, { db, now }) => {
      const stages = readAgeing(db, chosen(db, filter), now)
      return { now, open: stages.flatMap(({ ages }) => ages).reduce((sum, n) => sum + n, 0), stages }
    }),

    figures(contract.insightWaits, ({ filter, orders, ...period }, { db, now }) => ({
      now,
      ...readWaits(db, daysOf(period), chosen(db, filter), orders),
    })),

    figures(contract.insightOrders, (asked, { db, now }) => ({
      now,
      ...readOrders(db, asked, chosen(db, asked.filter), {
        days: daysOf(asked),
        zone: zoneOfRows(db),
        now,
        limits: readSetting(db, 'perceived.limits'),
      }),
    })),

    figures(contract.insightValues, (_input, { db }) => {
      const of = (dimension: Dimension) => {
        const nameOf = namesOf(db, dimension)
        return [...keysByChoice(db, dimension).keys()].map((value) => ({ value, name: value === NONE ? '' : nameOf(value) }))
      }
      return { team: of('team'), model: of('model'), region: of('region'), provider: of('provider') }
    }),
  ],
  projections: [insightRows, awayRows],
}
