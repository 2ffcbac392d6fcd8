import { takeOverOrder } from '#shared/contract/tableImport.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { takeOver } from '#shared/domain/workOrder/takeOver.ts'
import { handler } from '../../kernel/pipeline.ts'
import { nextNumber } from '../workOrder/commands.ts'
import { decisionOf } from '../workOrder/decision.ts'

export const takeOverCommand = handler(takeOverOrder, (input, context) => {
  const decision = decisionOf(context)
  const refused = takeOver(decision, input, () => nextNumber(context, decision.zone))
  return refused ?? accept({ events: decision.book.drafts, answer: {} })
})
