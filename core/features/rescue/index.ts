import * as contract from '#shared/contract/rescue.ts'
import { rankMoves } from '#shared/domain/chance/moves.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { rescueWordsZh } from '#shared/i18n/rescue.zh-CN.ts'
import { query, service, type Feature } from '../../kernel/feature.ts'
import { headOf, readState } from '../../kernel/readState.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { applyMove } from './apply.ts'
import { readCalibration } from './calibration.ts'
import { limitsOf } from './models.ts'
import type { Move } from './move.ts'
import { asShown, movesFor } from './moves.ts'
import { endOfToday, readRisks, type Risk } from './risks.ts'

type Known = Risk & { readonly chance: number }

/** 抢救看板: what breaks today, and the cheapest that would save it. */
export const rescue: Feature = {
  name: 'rescue',
  commands: [],
  queries: [
    query(contract.rescueBoard, async ({ from, limit }, { db, now }) => {
      const until = endOfToday(db, now)
      const risks = await readRisks(db, now, until)
      const known = risks.filter((risk): risk is Known => risk.chance !== null && risk.chance >= from)
      const orders: contract.Endangered[] = []
      for (const risk of known.slice(0, limit)) {
        await new Promise((resolve) => setImmediate(resolve))
        const order = endangered(db, risk, now)
        if (order) orders.push(order)
      }
      const unknown = risks.filter(({ chance }) => chance === null).length
      return { now, until, limitsToday: risks.length, unknown, orders, more: Math.max(0, known.length - limit) }
    }, 'studies'),
    query(contract.rescueOrder, async ({ order }, { db, now }) => {
      const risk = (await readRisks(db, now, endOfToday(db, now))).find((each): each is Known => each.order === order && each.chance !== null)
      return { now, order: risk ? endangered(db, risk, now) : null }
    }, 'studies'),
    query(contract.rescueCalibration, async (_input, { db, now }) => ({ now, ...(await readCalibration(db, now)) }), 'studies'),
  ],
  services: [
    service(contract.applyMove, async ({ order, base, kind }, { db, pipeline, ask, principal }) => {
      if (!principal) return refuse('unauthenticated')
      const { now, order: risk } = await ask(contract.rescueOrder, { order }, principal)
      const { state, last } = readState(db, 'workOrder', order)
      if (!state.registered) return refuse('unknownOrder', 'order')
      if (last?.id !== base) return refuse('stale', 'base')
      const move = risk?.moves.find((each) => each.kind === kind)
      if (!risk || !move) return refuse('moveGone', 'kind')
      const done = applyMove({ db, pipeline, actor: principal.actor, now, state, due: risk.due, words: rescueWordsZh.rescue.step }, move)
      return done.ok ? accept({ heads: { ...done.value.heads } }) : done
    }),
  ],
  projections: [],
}

function movesOf(db: ReadableDb, risk: Known, now: number): Move[] {
  const { state } = readState(db, 'workOrder', risk.order)
  return rankMoves(risk.chance, movesFor({ db, now, risk, state, limitMs: limitsOf(db)(risk.segment) }))
}

interface Row {
  readonly number: string
  readonly customer: string | null
  readonly owner: string | null
  readonly head: string
}

function endangered(db: ReadableDb, risk: Known, now: number): contract.Endangered | null {
  const { order, model, symptom, stage, clock, segment, due, chance, frozenSince } = risk
  const [row] = all<Row>(
    db,
    `SELECT number, owner, (SELECT name FROM customer WHERE id = customer) AS customer, ${headOf("'workOrder:' || work_order.id")} AS head
     FROM work_order WHERE id = ?`,
    order,
  )
  if (!row) return null
  const moves = movesOf(db, risk, now).map((move) => asShown(move, chance))
  const owner = row.owner === null ? null : peopleOf(db)(row.owner)
  const { number, customer, head } = row
  return { order, number, customer, model, symptom, stage, owner, frozen: frozenSince !== null, head, clock, segment, due, chance, moves }
}
