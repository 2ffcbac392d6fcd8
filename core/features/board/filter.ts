import { LANES, NONE, type BoardFilter, type LaneBy } from '#shared/contract/board.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { orderStreams } from '../search/find.ts'
import { foundOrders } from '../search/foundOrders.ts'
import { OPEN_FROM } from '../search/place.ts'

/** Up to here the open orders that a text finds are counted one by one; beyond, more letters are asked for. */
const MOST_FOUND = 2000

/** What a text found, looked up once for all columns. */
export interface Found {
  /** null: there is no text. */
  readonly ids: readonly string[] | null
  readonly tooMany: boolean
}

export const NOTHING_SOUGHT: Found = { ids: null, tooMany: false }

export const valuesOf = (filter: BoardFilter): (readonly [LaneBy, string])[] =>
  LANES.flatMap((name) => {
    const value = filter[name]
    return value === undefined ? [] : [[name, value] as const]
  })

const OPEN = { sql: "+w.status = 'open'", params: [] }

/** What a text finds is ordered open before closed: where the open ones end, none is missed. */
export function findText(db: ReadableDb, { text }: BoardFilter): Found {
  if (!text) return NOTHING_SOUGHT
  const { found, below } = foundOrders(db, orderStreams(db, text), { limit: MOST_FOUND, test: OPEN })
  if (below !== null && below >= OPEN_FROM) return { ids: [], tooMany: true }
  return { ids: found.map(({ id }) => id), tooMany: false }
}

interface Conditions {
  readonly where: string
  readonly params: (string | number)[]
}

/**
 * The open orders under a filter, of one stage or of all. The rarest value picks the index, as the live counts tell;
 * a unary plus keeps the planner from choosing another.
 */
export function conditionsOf(db: ReadableDb, filter: BoardFilter, found: Found, stage?: StageId): Conditions {
  const texts: string[] = []
  const params: (string | number)[] = []
  const add = (text: string, ...values: (string | number)[]): void => {
    texts.push(text)
    params.push(...values)
  }
  const rest = (name: string): string => (texts.length > 1 ? `+${name}` : name)
  texts.push(found.ids ? "+w.status = 'open'" : "w.status = 'open'")
  if (found.ids) add('w.id IN (SELECT value FROM json_each(?))', JSON.stringify(found.ids))
  for (const { column, test, value } of byRarity(db, filter)) {
    add(`${rest(column)} ${test}`, ...(value === undefined ? [] : [value]))
  }
  if (stage !== undefined) add(`${found.ids ? '+' : ''}w.stage = ?`, stage)
  return { where: texts.join(' AND '), params }
}

interface Choice {
  readonly column: string
  /** What the column is held against; a mark's stands in the text, so that its partial index is known to suit. */
  readonly test: string
  readonly value?: string
  readonly open: number
}

function byRarity(db: ReadableDb, filter: BoardFilter): Choice[] {
  const choices: Choice[] = valuesOf(filter).map(([name, value]) => ({
    column: `w.${name}`,
    ...(value === NONE ? { test: 'IS NULL' } : { test: '= ?', value }),
    open: sumOf(db, 'open', name, value),
  }))
  if (filter.breached) choices.push({ column: 'w.breached', test: '= 1', open: sumOf(db, 'breached', 'all', '') })
  if (filter.frozen) choices.push({ column: 'w.frozen', test: '= 1', open: sumOf(db, 'frozen', 'all', '') })
  return choices.sort((a, b) => a.open - b.open)
}

function sumOf(db: ReadableDb, count: 'open' | 'breached' | 'frozen', dimension: string, value: string): number {
  const select = `SELECT coalesce(sum(${count}), 0) AS n FROM board_count WHERE dimension = ? AND value = ?`
  return one<{ n: number }>(db, select, dimension, value)?.n ?? 0
}
