import { setImmediate as pause } from 'node:timers/promises'
import { ACCOUNTS, type Account } from '#shared/domain/ledger/accounts.ts'
import { financeWordsEn } from '#shared/i18n/finance.en.ts'
import { financeWordsZh } from '#shared/i18n/finance.zh-CN.ts'
import { masterWordsEn } from '#shared/i18n/master.en.ts'
import { masterWordsZh } from '#shared/i18n/master.zh-CN.ts'
import type { OpenTable } from '../../kernel/table.ts'
import type { Cell, ColumnKind } from '../../output/table.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { ordersWith, type MonthSight, type Some } from './entries.ts'

const WORDS = {
  'zh-CN': { ...financeWordsZh, coverage: masterWordsZh.coverage },
  en: { ...financeWordsEn, coverage: masterWordsEn.coverage },
}
export type Words = (typeof WORDS)[keyof typeof WORDS]
export const wordsIn = (language: 'zh-CN' | 'en'): Words => WORDS[language]

export type Sheet = Omit<OpenTable, 'book'>

export const PAGE = 500

/** Adds up what the sheets say, to be compared with the ledger. */
export type Totals = Record<Account, number>
export const noTotals = (): Totals => Object.fromEntries(ACCOUNTS.map((account) => [account, 0])) as Totals

export interface Making {
  /** What has to be read before. */
  readonly first?: () => Promise<void>
  readonly db: ReadableDb
  readonly sight: MonthSight
  readonly words: Words
  /** UTC ms. */
  readonly now: number
  /** Filled as the rows are written. */
  readonly totals: Totals
}

/** A column: its heading, what it holds, and what of a row stands in it. `sum`: the last row adds it up. */
export interface Field<Row> {
  readonly name: keyof Words['monthSheet']['column']
  readonly kind?: ColumnKind
  readonly width?: number
  readonly of: (row: Row) => Cell
  readonly sum?: true
}

/** A sheet of such columns; where one is summed, it ends with a row of totals. */
export function sheetFrom<Row>(title: string, { monthSheet }: Words, fields: readonly Field<Row>[], rows: AsyncIterable<Row>): Sheet {
  const sums: (number | null)[] = fields.map(({ sum }) => (sum ? 0 : null))
  async function* cells(): AsyncGenerator<Cell[]> {
    for await (const row of rows) {
      const line = fields.map(({ of }) => of(row))
      for (const [index, sum] of sums.entries()) if (sum !== null) sums[index] = sum + Number(line[index])
      yield line
    }
  }
  return {
    title,
    total: null,
    columns: fields.map(({ name, kind = 'text', width }) => ({ title: monthSheet.column[name], kind, ...(width !== undefined && { width }) })),
    rows: cells(),
    ...(sums.some((sum) => sum !== null) && { footer: () => [monthSheet.total, ...sums.slice(1)] }),
  }
}

/** Beyond every order's id. */
const END = '\uFFFF'

/** The rows of a month, some hundreds of orders at a time, in the order of their ids; others have their turn between. */
export async function* ranges<Row>(db: ReadableDb, { month, params }: MonthSight, some: Some, select: string): AsyncGenerator<Row> {
  for (let after = ''; after !== END; ) {
    const orders = all<{ order_id: string }>(db, ordersWith(some), month, after, PAGE)
    const upTo = orders.length < PAGE ? END : (orders[PAGE - 1]?.order_id ?? END)
    yield* all<Row>(db, select, { ...params, after, upTo })
    after = upTo
    await pause()
  }
}
