import * as contract from '#shared/contract/workOrder.ts'
import type { CommandContract, InputOf } from '#shared/contract/define.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { changeFields } from '#shared/domain/workOrder/decideFields.ts'
import * as people from '#shared/domain/workOrder/decidePeople.ts'
import { register } from '#shared/domain/workOrder/decideRegister.ts'
import * as stages from '#shared/domain/workOrder/decideStages.ts'
import * as visit from '#shared/domain/workOrder/decideVisit.ts'
import { recordSurvey } from '#shared/domain/workOrder/decideSurvey.ts'
import * as work from '#shared/domain/workOrder/decideWork.ts'
import { localDay, type DecisionContext, type Verdict } from '#shared/domain/workOrder/decision.ts'
import { handler, type CommandContext, type RegisteredCommand } from '../../kernel/pipeline.ts'
import { readSetting } from '../../store/settings.ts'
import { decisionOf, thawWaiting } from './decision.ts'

const registerOrder = handler(contract.registerOrder, (input, context) => {
  const decision = decisionOf(context)
  const refused = register(decision, input, () => nextNumber(context, decision.zone))
  if (refused) return refused
  const { number } = decision.book.state('workOrder', context.commandId)
  return accept({ events: decision.book.drafts, answer: { order: context.commandId, number } })
})

/** `A-261122-017`: desk, local day of the registration, counter of that day; unique without asking another desk. */
export function nextNumber(context: CommandContext, zone: string): string {
  const day = localDay(context.at, zone).replaceAll('-', '').slice(2)
  const counter = String(context.count(`order:${day}`)).padStart(3, '0')
  return `${readSetting<string>(context.db, 'deskCode') ?? 'A'}-${day}-${counter}`
}

/** A decision about one order; what it frees may thaw others. */
export function decided<C extends CommandContract>(
  command: C,
  decide: (decision: DecisionContext, input: InputOf<C>) => Verdict,
): RegisteredCommand {
  return handler(command, (input, context) => {
    const decision = decisionOf(context)
    const refused = decide(decision, input)
    if (refused) return refused
    thawWaiting(decision, context.db)
    return accept({ events: decision.book.drafts, answer: {} })
  })
}

const bookAppointment = handler(contract.bookAppointment, (input, context) => {
  const decision = decisionOf(context)
  const booked = visit.bookVisit(decision, input)
  return booked.ok ? accept({ events: decision.book.drafts, answer: { told: booked.value } }) : booked
})

export const workOrderCommands: readonly RegisteredCommand[] = [
  registerOrder,
  decided(contract.changeOrderFields, changeFields),
  decided(contract.advanceOrder, stages.advance),
  decided(contract.sendOrderBack, stages.sendBack),
  decided(contract.fixOrderRemotely, stages.fixRemotely),
  decided(contract.closeOrder, stages.close),
  decided(contract.resolveOrderBySelf, stages.resolveBySelf),
  decided(contract.cancelOrder, stages.cancel),
  decided(contract.reopenOrder, stages.reopen),
  decided(contract.mergeOrder, stages.merge),
  decided(contract.lockParts, work.lockParts),
  decided(contract.releaseFreeze, work.release),
  bookAppointment,
  decided(contract.planVisit, visit.planVisit),
  decided(contract.cancelAppointment, work.cancelAppointment),
  decided(contract.recordArrival, work.recordArrival),
  decided(contract.captureSignature, work.captureSignature),
  decided(contract.attachFile, work.attach),
  decided(contract.removeAttachment, work.removeAttachment),
  decided(contract.linkOrders, work.link),
  decided(contract.unlinkOrders, work.unlink),
  decided(contract.recordFirstReply, people.recordFirstReply),
  decided(contract.reassignOrder, people.reassign),
  decided(contract.offerHandover, people.offerHandover),
  decided(contract.answerHandover, people.answerHandover),
  decided(contract.withdrawHandover, people.withdrawHandover),
  decided(contract.changeCollaborators, people.changeCollaborators),
  decided(contract.setPromise, people.setPromise),
  decided(contract.addNote, people.addNote),
  decided(contract.recordInquiry, people.recordInquiry),
  decided(contract.recordComplaint, people.recordComplaint),
  decided(contract.recordSurvey, recordSurvey),
  decided(contract.acknowledgeEscalation, people.acknowledgeEscalation),
]
