import type { Card } from '#shared/contract/board.ts'
import type { OutputOf } from '#shared/contract/define.ts'
import type { wallBoard, WallCard } from '#shared/contract/wall.ts'
import { STAGES, type StageId } from '#shared/domain/workOrder/stages.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { readCards } from '../board/cards.ts'
import { readSettings } from '../setting/read.ts'
import { ALL } from '../workOrder/boardCount.ts'
import { NEVER } from '../workOrder/row.ts'
import { withoutPhones } from './privacy.ts'

type Board = OutputOf<typeof wallBoard>

/** A breach is news for so long: a wall that was away for a moment still tells the room. */
const NEWS_MS = 10 * 60_000
const MOST_NEWS = 20
const NEXT = 3

export function readWallBoard(db: ReadableDb, perColumn: number, now: number): Board {
  const settings = readSettings(db)
  return {
    now,
    company: settings['company.name'],
    zone: settings['company.timeZone'],
    columns: STAGES.map((stage) => ({
      stage,
      ...countsOf(db, stage, now),
      cards: urgentCards(db, stage, perColumn, now).map(wallCardOf),
    })),
    fresh: STAGES.flatMap((stage) => freshIn(db, stage, now)),
    next: nextPromises(db, now),
    settings: {
      pages: settings['wall.pages'],
      rotationSeconds: settings['wall.rotationSeconds'],
      sound: settings['wall.sound'],
      language: settings['company.language'],
    },
  }
}

/** When the first of an order's two promises passes or passed: that of the stage, that of the next step. */
const brokenAt = ({ dueAt, promiseBy }: { dueAt: number | null; promiseBy: number | null }): number =>
  Math.min(dueAt ?? Infinity, promiseBy ?? Infinity)

/** Counts that are kept, and the promises that passed without the stage's timer having fired, along an index. */
function countsOf(db: ReadableDb, stage: StageId, now: number): { open: number; broken: number } {
  const kept = one<{ open: number; breached: number }>(
    db,
    'SELECT open, breached FROM board_count WHERE dimension = ? AND value = ? AND stage = ?',
    ALL,
    '',
    stage,
  )
  const passed = one<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM work_order INDEXED BY work_order_promised
     WHERE status = 'open' AND stage = ? AND promise_by <= ? AND breached = 0`,
    stage,
    now,
  )
  return { open: kept?.open ?? 0, broken: (kept?.breached ?? 0) + (passed?.n ?? 0) }
}

/**
 * The most urgent by whichever promise is earlier: they are among the most urgent by the one and by the other, each
 * read along its index. Those that are broken stand first by being in the past.
 */
function urgentCards(db: ReadableDb, stage: StageId, limit: number, now: number): Card[] {
  const byTimer = readCards(
    db,
    `WHERE w.status = 'open' AND w.stage = ? ORDER BY w.urgency, w.entered_at, w.id LIMIT ?`,
    stage,
    limit,
  )
  const ids = all<{ id: string }>(
    db,
    `SELECT id FROM work_order INDEXED BY work_order_promised
     WHERE status = 'open' AND stage = ? AND promise_by IS NOT NULL ORDER BY promise_by LIMIT ?`,
    stage,
    limit,
  )
  const known = new Set(byTimer.map((card) => card.id))
  const byPromise = ids.flatMap(({ id }) => (known.has(id) ? [] : readCards(db, 'WHERE w.id = ?', id)))
  const isBroken = (card: Card): boolean => card.breached || brokenAt(card) <= now
  return [...byTimer, ...byPromise]
    .sort(
      (a, b) =>
        Number(isBroken(b)) - Number(isBroken(a)) ||
        compare(brokenAt(a), brokenAt(b)) ||
        a.enteredAt - b.enteredAt ||
        compare(a.id, b.id),
    )
    .slice(0, limit)
}

const compare = <Value extends number | string>(a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0)

/** Callers are registered in a hurry, with their number behind the name. */
const nameOn = ({ customer }: Card): string | null => (customer === null ? null : withoutPhones(customer.name))

const wallCardOf = (card: Card): WallCard => ({
  id: card.id,
  number: card.number,
  stage: card.stage,
  priority: card.priority,
  customer: nameOn(card),
  model: card.model,
  symptom: withoutPhones(card.symptom),
  owner: card.owner?.name ?? null,
  nextStep: card.nextStep === null ? null : withoutPhones(card.nextStep),
  nextStepKey: card.nextStepKey,
  waitsOn: card.waitsOn,
  promiseBy: card.promiseBy,
  firstContactAt: card.firstContactAt,
  enteredAt: card.enteredAt,
  dueAt: card.dueAt,
  limitMs: card.limitMs,
  breached: card.breached,
  frozen: card.frozen,
  paused: card.paused,
  knownDefect: card.knownDefect !== null,
})

interface Promised {
  readonly id: string
  readonly number: string
  readonly due_at: number | null
  readonly promise_by: number | null
}

/** Orders of a stage one of whose promises passes in `[from, to)`, soonest first. */
function promisedBetween(db: ReadableDb, stage: StageId, from: number, to: number, limit: number, unbroken: boolean): Promised[] {
  const columns = 'id, number, due_at, promise_by'
  const rows = [
    ...all<Promised>(
      db,
      `SELECT ${columns} FROM work_order INDEXED BY work_order_column
       WHERE status = 'open' AND stage = ? AND urgency >= ? AND urgency < ? ORDER BY urgency LIMIT ?`,
      stage,
      from,
      to,
      limit,
    ),
    ...all<Promised>(
      db,
      `SELECT ${columns} FROM work_order INDEXED BY work_order_promised
       WHERE status = 'open' AND stage = ? AND promise_by >= ? AND promise_by < ? ${unbroken ? 'AND breached = 0' : ''}
       ORDER BY promise_by LIMIT ?`,
      stage,
      from,
      to,
      limit,
    ),
  ]
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

const firstOf = ({ due_at: dueAt, promise_by: promiseBy }: Promised): number => brokenAt({ dueAt, promiseBy })

function freshIn(db: ReadableDb, stage: StageId, now: number): Board['fresh'] {
  return promisedBetween(db, stage, now - NEWS_MS, now + 1, MOST_NEWS, false).flatMap((row) => {
    const at = firstOf(row)
    return at > now - NEWS_MS && at <= now ? [{ id: row.id, number: row.number, stage, brokenAt: at }] : []
  })
}

/** Whose both promises are still to be kept. More are asked for than are shown: of an order one may have passed. */
function nextPromises(db: ReadableDb, now: number): Board['next'] {
  const coming = STAGES.flatMap((stage) =>
    promisedBetween(db, stage, now + 1, Number.MAX_SAFE_INTEGER, NEXT * 4, true).map((row) => ({ stage, row })),
  )
  return coming
    .filter(({ row }) => firstOf(row) > now && firstOf(row) < NEVER)
    .sort((a, b) => firstOf(a.row) - firstOf(b.row) || compare(a.row.id, b.row.id))
    .slice(0, NEXT)
    .map(({ stage, row }) => {
      const [card] = readCards(db, 'WHERE w.id = ?', row.id)
      return {
        id: row.id,
        number: row.number,
        stage,
        customer: card ? nameOn(card) : null,
        owner: card?.owner?.name ?? null,
        by: firstOf(row),
      }
    })
}
