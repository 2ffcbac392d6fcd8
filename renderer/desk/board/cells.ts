import { shallowReactive } from 'vue'
import { NONE, type BoardFilter, type Card, type LaneBy } from '#shared/contract/board.ts'
import { STAGES, type StageId } from '#shared/domain/workOrder/stages.ts'

export interface Counted {
  open: number
  breached: number
  frozen: number
}

/** One column of the board, or a lane's share of it, with the cards that this screen holds of it. */
export interface Cell extends Counted {
  readonly stage: StageId
  /** The lane's value; null where the board is not cut. */
  readonly lane: string | null
  cards: readonly Card[]
  next: string | null
  loading: boolean
}

export interface Lane {
  readonly value: string | null
  name: string
  readonly cells: readonly Cell[]
  state: 'unread' | 'reading' | 'ready'
}

export function newLane(value: string | null, name = ''): Lane {
  const cells = STAGES.map((stage) =>
    shallowReactive<Cell>({ stage, lane: value, open: 0, breached: 0, frozen: 0, cards: [], next: null, loading: true }),
  )
  return shallowReactive<Lane>({ value, name, cells, state: 'unread' })
}

/** Later than any due time: orders without one stand last in their column. */
const urgency = (card: Card): number => card.dueAt ?? Number.MAX_SAFE_INTEGER
export const compare = (a: Card, b: Card): number =>
  urgency(a) - urgency(b) || a.enteredAt - b.enteredAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Which lane a card belongs in. */
export const laneOf = (card: Card, by: LaneBy): string => (by === 'priority' ? card.priority : (card[by]?.id ?? NONE))

const is = (wanted: string | undefined, has: string | undefined): boolean => wanted === undefined || wanted === (has ?? NONE)

/** Whether an open card is under the filter, its text left aside: only the service center searches. */
export const isUnder = (card: Card, filter: BoardFilter): boolean =>
  card.status === 'open' &&
  is(filter.priority, card.priority) &&
  is(filter.owner, card.owner?.id) &&
  is(filter.engineer, card.engineer?.id) &&
  is(filter.customer, card.customer?.id) &&
  is(filter.provider, card.provider?.id) &&
  (!filter.frozen || card.frozen) &&
  (!filter.breached || card.breached)

/** Into its place by urgency; beyond the cards held it waits to be paged in. */
export function putIn(cell: Cell, card: Card): void {
  const others = cell.cards.filter((held) => held.id !== card.id)
  const at = others.findIndex((held) => compare(card, held) < 0)
  if (at < 0 && cell.next !== null) cell.cards = others
  else cell.cards = at < 0 ? [...others, card] : [...others.slice(0, at), card, ...others.slice(at)]
}

export function takeOut(cell: Cell, id: string): void {
  if (cell.cards.some((held) => held.id === id)) cell.cards = cell.cards.filter((held) => held.id !== id)
}
