import type { PatternRecord } from '#shared/contract/pattern.ts'
import { dayFromIso, dayOf, isoOf, startOf } from '#shared/domain/perceivedTime/days.ts'
import { fisherGreater } from '#shared/domain/pattern/exact.ts'
import type { PatternDefinition } from '#shared/domain/pattern/fold.ts'
import { fitsAll, isFault } from '#shared/domain/pattern/traits.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { readSetting } from '../setting/read.ts'
import { casesOf, readCases, type PastOrder } from './history.ts'

const DAY = 86_400_000
/** METRICS, "first-time fix". */
const AGAIN_WITHIN = 30 * DAY
const FOLLOWED = 24 * 31 * DAY

interface Row {
  readonly id: string
  readonly definition: string
  readonly sent_at: number
  readonly sent_by: string
  readonly fixed_on: string | null
  readonly fix: string
  readonly dismissed_at: number | null
  readonly reason: string
}

type Plain = Omit<PatternRecord, 'months' | 'effect' | 'caseOrders' | 'solutions'>

export function readRecords(db: ReadableDb, pattern?: string): Plain[] {
  const person = peopleOf(db)
  const rows = all<Row>(db, 'SELECT * FROM fault_pattern WHERE ? IS NULL OR id = ? ORDER BY sent_at DESC, id', pattern ?? null, pattern ?? null)
  return rows.map((row) => {
    const { conditions, ...definition } = JSON.parse(row.definition) as PatternDefinition
    const settled = row.dismissed_at === null ? 'sent' : 'dismissed'
    return {
      pattern: row.id,
      ...definition,
      conditions: [...conditions],
      sentAt: row.sent_at,
      sentBy: person(row.sent_by).name,
      state: row.dismissed_at === null && row.fixed_on !== null ? 'fixed' : settled,
      fixedOn: row.fixed_on,
      words: row.dismissed_at === null ? row.fix : row.reason,
    }
  })
}

/** With what came of it up to `now`, UTC ms. */
export function readRecord(db: ReadableDb, pattern: string, now: number): PatternRecord | null {
  const [record] = readRecords(db, pattern)
  if (!record) return null
  const zone = readSetting(db, 'company.timeZone')
  const begin = Math.min(startOf(dayFromIso(record.from), zone), now)
  const orders = readCases(db, Math.max(begin, now - FOLLOWED), now + 1)
  const cases = casesOf(orders, record.fault, record.conditions)
  const numbers = new Map(
    all<{ id: string; number: string }>(
      db,
      'SELECT id, number FROM work_order WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(cases.map(({ order }) => order)),
    ).map(({ id, number }) => [id, number]),
  )
  return {
    ...record,
    months: monthsOf(orders, record, zone),
    effect: effectOf(orders, record, zone),
    caseOrders: cases.toReversed().map(({ order, at }) => ({ order, number: numbers.get(order) ?? order, at })),
    solutions: solutionsOf(orders, cases, record),
  }
}

type Definition = Pick<PatternRecord, 'fault' | 'conditions' | 'fixedOn'>

function monthsOf(orders: readonly PastOrder[], { fault, conditions }: Definition, zone: string): PatternRecord['months'] {
  const months = new Map<string, PatternRecord['months'][number]>()
  for (const order of orders) {
    const month = isoOf(dayOf(order.at, zone)).slice(0, 7)
    const sums = months.get(month) ?? { month, with: 0, of: 0, restWith: 0, restOf: 0 }
    const has = isFault(fault, order) ? 1 : 0
    const fits = fitsAll(order, conditions)
    months.set(month, {
      month,
      with: sums.with + (fits ? has : 0),
      of: sums.of + (fits ? 1 : 0),
      restWith: sums.restWith + (fits ? 0 : has),
      restOf: sums.restOf + (fits ? 0 : 1),
    })
  }
  return [...months.values()]
}

function effectOf(orders: readonly PastOrder[], { fault, conditions, fixedOn }: Definition, zone: string): PatternRecord['effect'] {
  if (fixedOn === null) return null
  const at = startOf(dayFromIso(fixedOn), zone)
  const own = orders.filter((order) => fitsAll(order, conditions))
  const count = (list: readonly PastOrder[]) => ({ with: list.filter((order) => isFault(fault, order)).length, of: list.length })
  const before = count(own.filter((order) => order.at < at))
  const after = count(own.filter((order) => order.at >= at))
  const p = fisherGreater({ both: before.with, within: before.of, marked: before.with + after.with, all: own.length })
  return { before, after, p }
}

function solutionsOf(orders: readonly PastOrder[], cases: readonly PastOrder[], { fault }: Definition): PatternRecord['solutions'] {
  const solutions = new Map<string, { solution: string; orders: number; again: number }>()
  for (const each of cases) {
    if (each.solution === '') continue
    const sums = solutions.get(each.solution) ?? { solution: each.solution, orders: 0, again: 0 }
    const again = orders.some(
      (other) => other.machine !== null && other.machine === each.machine && other.at > each.at && other.at <= each.at + AGAIN_WITHIN && isFault(fault, other),
    )
    solutions.set(each.solution, { ...sums, orders: sums.orders + 1, again: sums.again + (again ? 1 : 0) })
  }
  return [...solutions.values()].sort((a, b) => b.orders - a.orders || (a.solution < b.solution ? -1 : 1))
}
