import * as contract from '#shared/contract/knownDefect.ts'
import { changesOf } from '#shared/domain/kernel/changes.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { DEFECT_FIELDS, type DefectEvents } from '#shared/domain/knownDefect/fold.ts'
import { markDefect } from '#shared/domain/workOrder/knownDefect.ts'
import { handler } from '../../kernel/pipeline.ts'
import { decisionOf } from '../workOrder/decision.ts'

const draft = <Type extends keyof DefectEvents>(id: string, type: Type, data: DefectEvents[Type]): EventDraft => ({
  subject: { kind: 'knownDefect', id },
  type,
  version: 1,
  data,
})

export const knownDefectCommands = [
  handler(contract.registerDefect, ({ title, model, symptoms, firmware, advice, demo }, context) => {
    const id = context.commandId
    const data = { title, model, symptoms, firmware, advice, ...(demo && { demo }) }
    return accept({ events: [draft(id, 'defectRegistered', data)], answer: { id } })
  }),
  handler(contract.changeDefect, ({ defect, base, ...given }, context) => {
    const { state, last } = context.load('knownDefect', defect)
    if (!state.exists) return refuse('unknownDefect', 'defect')
    if (base !== undefined && last?.id !== base) return refuse('staleRecord', 'base')
    const changes = changesOf(DEFECT_FIELDS, state, given)
    return accept({ events: changes.length > 0 ? [draft(defect, 'defectChanged', { changes })] : [], answer: {} })
  }),
  handler(contract.markOrder, ({ order }, context) => {
    const { state } = context.load('workOrder', order)
    if (!state.registered) return refuse('unknownOrder', 'order')
    const decision = decisionOf(context)
    if (state.status === 'open' && !state.readOnly) markDefect(decision, order)
    return accept({ events: decision.book.drafts, answer: {} })
  }),
]
