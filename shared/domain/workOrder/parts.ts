import { availableFor, stockId, type StockState } from '../stock/fold.ts'
import type { PartNeed, Shortage } from './events.ts'
import type { WorkOrderState } from './state.ts'

/** Where stock is looked up: the local stock table, later an ERP (StockPort). */
export type StockOf = (warehouse: string, part: string) => StockState

/** 所需备件 as named; undefined: nobody said yet whether there are any. */
export function partsNeeded(state: WorkOrderState): readonly PartNeed[] | undefined {
  const value = state.fields['partsNeeded']
  return Array.isArray(value) ? (value as readonly PartNeed[]) : undefined
}

/** Lines that still want a reservation: all but those that an earlier closing issued. */
export const openLines = (state: WorkOrderState): readonly PartNeed[] =>
  (partsNeeded(state) ?? []).filter((need) => !state.issued.some((issued) => issued.line === need.line))

export const stockIdOf = (need: Pick<PartNeed, 'warehouse' | 'part'>): string => stockId(need.warehouse, need.part)

export function isReserved(state: WorkOrderState, need: PartNeed, stockOf: StockOf): boolean {
  const { reservations } = stockOf(need.warehouse, need.part)
  return reservations.some(
    (held) => held.order === state.id && held.line === need.line && held.quantity >= need.quantity,
  )
}

export const allReserved = (state: WorkOrderState, stockOf: StockOf): boolean =>
  openLines(state).every((need) => isReserved(state, need, stockOf))

/**
 * The lines that cannot be had: available (on hand − what other orders hold) < needed. Several lines of one part
 * share it, those that hold a reservation first.
 */
export function shortagesOf(state: WorkOrderState, stockOf: StockOf): Shortage[] {
  const left = new Map<string, number>()
  const lines = openLines(state)
  const reserved = lines.filter((need) => isReserved(state, need, stockOf))
  const wanted = lines.filter((need) => !reserved.includes(need))
  const shortages: Shortage[] = []
  for (const need of [...reserved, ...wanted]) {
    const id = stockIdOf(need)
    const available = left.get(id) ?? availableFor(stockOf(need.warehouse, need.part), state.id)
    if (available >= need.quantity) left.set(id, available - need.quantity)
    else {
      left.set(id, available)
      const { line, part, warehouse, quantity } = need
      shortages.push({ line, part, warehouse, needed: quantity, available: Math.max(available, 0) })
    }
  }
  return shortages
}
