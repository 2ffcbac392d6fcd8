import type { OrderSort } from '#shared/contract/workOrderQueries.ts'
import { ORDER_SORTS } from '#shared/contract/workOrderQueries.ts'
import { FIRST_COLUMNS, ORDER_COLUMNS, type OrderColumn } from '#shared/domain/workOrder/columns.ts'

export interface ShownColumn {
  readonly id: OrderColumn
  /** In pixels. */
  readonly width: number
}

export const NARROWEST = 48
const WIDEST = 600
const WIDTHS: Readonly<Record<OrderColumn, number>> = {
  number: 116,
  priority: 60,
  status: 56,
  stage: 76,
  due: 108,
  customer: 132,
  model: 88,
  faultSymptom: 156,
  owner: 88,
  nextStep: 144,
  promise: 76,
  firstContact: 112,
  serial: 124,
  faultCategory: 88,
  engineer: 96,
  provider: 128,
  waitsOn: 72,
  channel: 72,
  entered: 112,
  closed: 112,
  frozen: 56,
  breached: 56,
  knownDefect: 148,
}

export const columnOf = (id: OrderColumn, width: number = WIDTHS[id]): ShownColumn => ({
  id,
  width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))),
})
export const firstColumns = (): readonly ShownColumn[] => FIRST_COLUMNS.map((id) => columnOf(id))

/** `customer:180` */
export const keptColumns = (columns: readonly ShownColumn[]): string[] => columns.map(({ id, width }) => `${id}:${width}`)

export function columnsFrom(kept: readonly string[] | undefined): readonly ShownColumn[] {
  const columns = (kept ?? []).flatMap((text) => {
    const [name, width] = text.split(':')
    const id = ORDER_COLUMNS.find((known) => known === name)
    return id ? [columnOf(id, Number(width) || undefined)] : []
  })
  const once = columns.filter(({ id }, index) => columns.findIndex((other) => other.id === id) === index)
  return once.length > 0 ? once : firstColumns()
}

/** By which sort a column's head sorts; undefined: it does not. */
export const sortOf = (id: OrderColumn): OrderSort['by'] | undefined => ORDER_SORTS.find((sort) => sort === id)

/** `due:up` */
export const keptSort = (sort: OrderSort | undefined): string | undefined => sort && `${sort.by}:${sort.descending ? 'down' : 'up'}`

export function sortFrom(kept: string | undefined): OrderSort | undefined {
  const [name, way] = kept?.split(':') ?? []
  const by = ORDER_SORTS.find((known) => known === name)
  return by && { by, descending: way === 'down' }
}

/** Times run newest first at the first click, everything else from its beginning. */
export const firstWay = (by: OrderSort['by']): boolean => ['firstContact', 'closed', 'entered', 'priority', 'number'].includes(by)
