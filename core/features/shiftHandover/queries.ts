import { listOffers, type Offer, type Standing } from '#shared/contract/shiftHandover.ts'
import type { Card } from '#shared/contract/board.ts'
import { query } from '../../kernel/feature.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { readCards } from '../board/cards.ts'
import { peopleOf } from '../people.ts'

/** Offers that were answered are shown so long to whoever made them. */
const ANSWERED_SHOWN_MS = 24 * 3_600_000
const MOST_SINGLE = 200
const MOST_SHIFTS = 20

interface SingleRow {
  readonly id: string
  readonly owner: string | null
  readonly handover_to: string
  readonly handover_by: string | null
  readonly handover_at: number | null
  readonly handover_note: string | null
}
interface ShiftRow {
  readonly id: string
  readonly from_user: string
  readonly to_user: string
  readonly by_user: string
  readonly note: string
  readonly offered_at: number
}

const single = (who: 'to' | 'by'): string => `
  SELECT id, owner, handover_to, handover_by, handover_at, handover_note FROM work_order
  WHERE status = 'open' AND handover_${who} = ? AND handover_shift IS NULL ORDER BY promise_order, id LIMIT ${MOST_SINGLE}`

/** Shifts with something left to be answered. */
const SHIFTS_TO = `
  SELECT * FROM shift_handover WHERE id IN (
    SELECT handover_shift FROM work_order WHERE status = 'open' AND handover_to = ? AND handover_shift IS NOT NULL)
  ORDER BY offered_at DESC, id LIMIT ${MOST_SHIFTS}`

const RECENT = (column: 'by_user' | 'from_user'): string =>
  `SELECT * FROM (SELECT * FROM shift_handover WHERE ${column} = :user ORDER BY offered_at DESC, id LIMIT ${MOST_SHIFTS})`
const SHIFTS_BY = `SELECT * FROM (${RECENT('by_user')} UNION ${RECENT('from_user')}) ORDER BY offered_at DESC, id LIMIT ${MOST_SHIFTS}`

export const shiftHandoverQueries = [
  query(listOffers, (_input, { db, now, principal }) => {
    const user = principal.actor.id
    const toMe = [...all<ShiftRow>(db, SHIFTS_TO, user).map((row) => shiftOffer(db, row)), ...singleOffers(db, single('to'), user)]
    const mine = all<ShiftRow>(db, SHIFTS_BY, { user }).map((row) => shiftOffer(db, row))
    const shown = mine.filter(({ pending, offeredAt }) => pending > 0 || (offeredAt ?? 0) > now - ANSWERED_SHOWN_MS)
    return { now, toMe, byMe: [...shown, ...singleOffers(db, single('by'), user)] }
  }),
]

function shiftOffer(db: ReadableDb, row: ShiftRow): Offer {
  const person = peopleOf(db)
  const answers = all<{ order_id: string; answer: Standing | null; shift: string | null; owner: string | null }>(
    db,
    `SELECT o.order_id, o.answer, w.handover_shift AS shift, w.owner FROM shift_handover_order AS o
     JOIN work_order AS w ON w.id = o.order_id WHERE o.shift = ?`,
    row.id,
  )
  const cards = cardsOf(db, answers.map(({ order_id }) => order_id))
  const orders = answers.flatMap(({ order_id, answer, shift }) => {
    const card = cards.get(order_id)
    if (!card) return []
    const isPending = card.status === 'open' && shift === row.id && card.handoverTo === row.to_user
    return [{ card, standing: isPending ? ('pending' as const) : (answer ?? goneOf(card, row.to_user)) }]
  })
  orders.sort((a, b) => promiseOrder(a.card) - promiseOrder(b.card) || (a.card.id < b.card.id ? -1 : 1))
  return {
    shift: row.id,
    from: person(row.from_user),
    to: person(row.to_user),
    by: row.by_user === row.from_user ? null : person(row.by_user),
    note: row.note,
    offeredAt: row.offered_at,
    pending: orders.filter(({ standing }) => standing === 'pending').length,
    orders,
  }
}

function goneOf({ status, owner }: Card, to: string): Standing {
  if (owner?.id === to) return 'accepted'
  return status === 'open' ? 'changedHands' : 'ended'
}

function singleOffers(db: ReadableDb, text: string, user: string): Offer[] {
  const rows = all<SingleRow>(db, text, user)
  const cards = cardsOf(db, rows.map(({ id }) => id))
  const person = peopleOf(db)
  return rows.flatMap((row) => {
    const card = cards.get(row.id)
    if (!card) return []
    const by = row.handover_by === null || row.handover_by === row.owner ? null : person(row.handover_by)
    return [
      {
        shift: null,
        from: row.owner === null ? null : person(row.owner),
        to: person(row.handover_to),
        by,
        note: row.handover_note ?? '',
        offeredAt: row.handover_at,
        pending: 1,
        orders: [{ card, standing: 'pending' as const }],
      },
    ]
  })
}

const cardsOf = (db: ReadableDb, ids: readonly string[]): Map<string, Card> =>
  new Map(readCards(db, 'WHERE w.id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)).map((card) => [card.id, card]))

const promiseOrder = ({ promiseBy }: Card): number => promiseBy ?? Infinity
