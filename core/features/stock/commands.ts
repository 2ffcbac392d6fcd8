import { countStock, describePart, receiveStock } from '#shared/contract/stock.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import type { DraftBook } from '#shared/domain/workOrder/draftBook.ts'
import type { Verdict } from '#shared/domain/workOrder/decision.ts'
import { freezeHolders } from '#shared/domain/workOrder/holdings.ts'
import { stockPort } from '../../connectors/stock/index.ts'
import { handler, type CommandContext, type HandlerResult } from '../../kernel/pipeline.ts'
import { decisionOf, thawWaiting } from '../workOrder/decision.ts'

export const stockCommands = [
  handler(describePart, ({ warehouse, part, name, unit }, context) =>
    booked(context, (book) => stockPort.describe(book, { warehouse, part }, { name, unit })),
  ),
  handler(receiveStock, ({ warehouse, part, quantity, document }, context) =>
    booked(context, (book) => stockPort.receive(book, { warehouse, part }, quantity, document)),
  ),
  handler(countStock, ({ warehouse, part, counted, reason }, context) =>
    booked(context, (book) => stockPort.count(book, { warehouse, part }, counted, reason)),
  ),
]

/** Books, and freezes or thaws in the same command the orders that waited for the pieces, those frozen longest first. */
function booked(context: CommandContext, book: (book: DraftBook) => Verdict): HandlerResult<{ thawed: string[] }> {
  const decision = decisionOf(context)
  const refused = book(decision.book)
  if (refused) return refused
  thawWaiting(decision, context.db)
  const counted = decision.book.drafts.find(({ type }) => type === 'stockCounted')
  if (counted) freezeHolders(decision, counted.subject.id)
  const { drafts } = decision.book
  const thawed = drafts.filter(({ type }) => type === 'orderThawed').map(({ subject }) => subject.id)
  return accept({ events: drafts, answer: { thawed } })
}
