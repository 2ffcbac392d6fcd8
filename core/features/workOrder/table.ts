import * as z from 'zod'
import type { Card } from '#shared/contract/board.ts'
import { orderFilter, orderSort } from '#shared/contract/workOrderQueries.ts'
import { FIRST_COLUMNS, ORDER_COLUMNS, type OrderColumn } from '#shared/domain/workOrder/columns.ts'
import { orderWordsEn } from '#shared/i18n/order.en.ts'
import { orderWordsZh } from '#shared/i18n/order.zh-CN.ts'
import { ordersWordsEn } from '#shared/i18n/orders.en.ts'
import { ordersWordsZh } from '#shared/i18n/orders.zh-CN.ts'
import { pagedRows, TABLE_PAGE } from '../../kernel/listTable.ts'
import { table } from '../../kernel/table.ts'
import type { Cell, TableColumn } from '../../output/table.ts'
import { countOrders, listOrders } from './list.ts'

const WORDS = { 'zh-CN': { ...orderWordsZh, ...ordersWordsZh }, en: { ...orderWordsEn, ...ordersWordsEn } }
type Words = (typeof WORDS)[keyof typeof WORDS]

const input = z.strictObject({
  filter: orderFilter.default({}),
  sort: orderSort.optional(),
  columns: z.array(z.enum(ORDER_COLUMNS)).min(1).max(ORDER_COLUMNS.length).default([...FIRST_COLUMNS]),
})

/** The list of orders as it is filtered, sorted and laid out. */
export const orderTable = table({
  name: 'orders',
  permission: { action: 'read', subject: 'WorkOrder' },
  input,
  open({ filter, sort, columns }, { db, language }) {
    const words = WORDS[language]
    const { count, more } = countOrders(db, filter)
    const chosen = [...new Set(columns)]
    return {
      title: words.orders.file,
      columns: chosen.map((column): TableColumn => ({ title: words.orders.column[column], ...SHAPE[column] })),
      total: more ? null : count,
      rows: pagedRows(
        (after) => {
          const { orders, next } = listOrders(db, filter, TABLE_PAGE, after, sort)
          return { rows: orders, next }
        },
        (card) => chosen.map((column) => cellOf(card, column, words)),
      ),
    }
  },
})

const text = (width: number): Pick<TableColumn, 'kind' | 'width'> => ({ kind: 'text', width })
const instant: Pick<TableColumn, 'kind'> = { kind: 'instant' }
const SHAPE: Readonly<Record<OrderColumn, Pick<TableColumn, 'kind' | 'width'>>> = {
  number: text(16),
  priority: text(8),
  status: text(8),
  stage: text(10),
  due: instant,
  customer: text(24),
  model: text(14),
  faultSymptom: text(32),
  owner: text(12),
  nextStep: text(28),
  promise: instant,
  firstContact: instant,
  serial: text(18),
  faultCategory: text(12),
  engineer: text(12),
  provider: text(20),
  waitsOn: text(10),
  channel: text(8),
  entered: instant,
  closed: instant,
  frozen: text(6),
  breached: text(6),
  knownDefect: text(24),
}

function cellOf(card: Card, column: OrderColumn, words: Words): Cell {
  const flag = (is: boolean): string => (is ? words.orders.yes : '')
  switch (column) {
    case 'number':
      return card.number
    case 'priority':
      return words.priority[card.priority]
    case 'status':
      return words.status[card.status]
    case 'stage':
      return words.stage[card.stage]
    case 'due':
      return card.dueAt
    case 'customer':
      return card.customer?.name ?? ''
    case 'model':
      return card.model
    case 'faultSymptom':
      return card.symptom
    case 'owner':
      return card.owner?.name ?? ''
    case 'nextStep':
      return card.nextStep ?? ''
    case 'promise':
      return card.promiseBy
    case 'firstContact':
      return card.firstContactAt
    case 'serial':
      return card.serial
    case 'faultCategory':
      return card.faultCategory
    case 'engineer':
      return card.engineer?.name ?? ''
    case 'provider':
      return card.provider?.name ?? ''
    case 'waitsOn':
      return card.waitsOn === null ? '' : words.party[card.waitsOn]
    case 'channel':
      return words.channel[card.channel]
    case 'entered':
      return card.enteredAt
    case 'closed':
      return card.closedAt
    case 'frozen':
      return flag(card.frozen)
    case 'breached':
      return flag(card.breached)
    case 'knownDefect':
      return card.knownDefect?.title ?? ''
  }
}
