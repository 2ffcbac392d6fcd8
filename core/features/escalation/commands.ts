import { fireTimer } from '#shared/contract/escalation.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import type { Role } from '#shared/domain/user/fold.ts'
import { whoIsCalled } from '#shared/domain/workOrder/called.ts'
import { decideFiring, levelsOf } from '#shared/domain/workOrder/timers.ts'
import { handler } from '../../kernel/pipeline.ts'
import { slaOf } from '../configuration/config.ts'
import { peopleOf } from './people.ts'

export const escalationCommands = [
  handler(fireTimer, ({ order, visit, timer, level }, context) => {
    const { state } = context.load('workOrder', order)
    // The policy that was in force when the stage was entered; a later one governs later stages.
    const sla = slaOf(context, state.visits.find((candidate) => candidate.id === visit)?.slaVersion)
    const role: Role = levelsOf(sla, timer).find((rule) => rule.level === level)?.call.role ?? 'supervisor'
    const whom = whoIsCalled(role, peopleOf(context.db), context.now, state.owner)
    const fired = decideFiring(state, sla, context.now, { visit, timer, level, ...whom })
    return fired.ok ? accept({ events: [fired.value], answer: {} }) : fired
  }),
]
