import { publishCalendar, publishSlaPolicy, publishWorkflow } from '#shared/contract/configuration.ts'
import type { SubjectKind } from '#shared/domain/kernel/event.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { STAGES } from '#shared/domain/workOrder/stages.ts'
import { checkWorkflow } from '#shared/domain/workflow/check.ts'
import type { Published } from '#shared/domain/configuration/fold.ts'
import { handler, type CommandContext, type HandlerResult } from '../../kernel/pipeline.ts'
import { DEFAULT } from './config.ts'

interface Definition {
  readonly version: number
}

/** Appends the next version. Two people who both change version 3 cannot both publish version 4. */
function publish(
  context: CommandContext,
  kind: SubjectKind & ('workflow' | 'slaPolicy' | 'calendar'),
  id: string,
  definition: Definition,
): HandlerResult<{ version: number }> {
  const { current }: Published<unknown> = context.load(kind, id).state
  const { version } = definition
  if (version !== current + 1) return refuse('definitionStale', 'definition.version', { current, version })
  return accept({
    events: [{ subject: { kind, id }, type: 'definitionPublished', version: 1, data: { version, definition } }],
    answer: { version },
  })
}

export const configurationCommands = [
  handler(publishWorkflow, ({ definition }, context) => {
    const [problem] = checkWorkflow(definition)
    if (problem) return refuse(problem.code, `definition.${problem.field ?? ''}`, problem.params)
    return publish(context, 'workflow', DEFAULT, definition)
  }),

  handler(publishSlaPolicy, ({ definition }, context) => {
    for (const [index, timer] of definition.timers.entries()) {
      const at = `definition.timers.${index}`
      if (!STAGES.some((stage) => stage === timer.stage)) {
        return refuse('timerStageUnknown', `${at}.stage`, { stage: timer.stage })
      }
      if (timer.calendarId !== undefined && context.load('calendar', timer.calendarId).state.current === 0) {
        return refuse('unknownCalendar', `${at}.calendarId`, { calendar: timer.calendarId })
      }
    }
    return publish(context, 'slaPolicy', DEFAULT, definition)
  }),

  handler(publishCalendar, ({ definition }, context) => publish(context, 'calendar', definition.id, definition)),
]
