import { answerShift, offerShift, withdrawShift } from '#shared/contract/shiftHandover.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import * as shifts from '#shared/domain/shiftHandover/decide.ts'
import { handler } from '../../kernel/pipeline.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { decisionOf } from '../workOrder/decision.ts'

/** One more than may be offered, so that too many are noticed. */
const OWN = `SELECT id FROM work_order INDEXED BY work_order_promise_owner
  WHERE status = 'open' AND owner = ? ORDER BY promise_order, id LIMIT ${shifts.MOST_ORDERS + 1}`

const openOrdersOf = (db: ReadableDb, owner: string): string[] => all<{ id: string }>(db, OWN, owner).map(({ id }) => id)

export const shiftHandoverCommands = [
  handler(offerShift, (input, context) => {
    const from = input.from ?? context.actor.id
    const decision = decisionOf(context)
    if (!decision.mayGiveFor(from)) return refuse('notYourOrders', 'from')
    const orders = input.orders ?? openOrdersOf(context.db, from)
    const shift = context.commandId
    const decided = shifts.offerShift(decision, shift, { from, to: input.to, note: input.note, orders })
    if (!decided.ok) return decided
    const { leftOut } = decided
    return accept({ events: decision.book.drafts, answer: { shift, offered: decision.book.drafts.length - 1, leftOut } })
  }),
  handler(answerShift, (input, context) => {
    const decision = decisionOf(context)
    const decided = shifts.answerShift(decision, input)
    if (!decided.ok) return decided
    return accept({ events: decision.book.drafts, answer: { answered: decided.answered.length, missed: decided.missed } })
  }),
  handler(withdrawShift, ({ shift }, context) => {
    const decision = decisionOf(context)
    const refused = shifts.withdrawShift(decision, shift)
    return refused ?? accept({ events: decision.book.drafts, answer: {} })
  }),
]
