import { answerShift, offerShift, withdrawShift } from '#shared/contract/shiftHandover.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import * as shifts from '#shared/domain/shiftHandover/decide.ts'
import { may } from '../../kernel/access.ts'
import { handler, type CommandContext } from '../../kernel/pipeline.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { decisionOf } from '../workOrder/decision.ts'

/** One more than may be offered, so that too many are noticed. */
const OWN = `SELECT id FROM work_order INDEXED BY work_order_promise_owner
  WHERE status = 'open' AND owner = ? ORDER BY promise_order, id LIMIT ${shifts.MOST_ORDERS + 1}`

const openOrdersOf = (db: ReadableDb, owner: string): string[] => all<{ id: string }>(db, OWN, owner).map(({ id }) => id)

/** Who may name an owner outright may also offer what somebody else owns: for a colleague who fell ill. */
function mayOfferFor({ actor, load }: CommandContext, owner: string): boolean {
  if (actor.id === owner || actor.kind !== 'user') return true
  const { roles } = load('user', actor.id).state
  return may({ actor, roles, local: false }, { action: 'release', subject: 'WorkOrder' })
}

export const shiftHandoverCommands = [
  handler(offerShift, (input, context) => {
    const from = input.from ?? context.actor.id
    if (!mayOfferFor(context, from)) return refuse('notYourOrders', 'from')
    const decision = decisionOf(context)
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
