import type { Calendar } from '#shared/domain/sla/types.ts'
import type { SlaPolicy } from '#shared/domain/sla/policy.ts'
import type { Published } from '#shared/domain/configuration/fold.ts'
import type { WorkflowDefinition } from '#shared/domain/workflow/definition.ts'
import type { SlaContext } from '#shared/domain/workOrder/timers.ts'
import type { CommandContext } from '../../kernel/pipeline.ts'

/** The one workflow and the one SLA policy of a service center; calendars go by their own id. */
export const DEFAULT = 'default'

type Loads = Pick<CommandContext, 'load'>

/**
 * The configuration that a decision reads (DESIGN §4): the newest one for a stage that is entered now, the workflow
 * of `workflowVersion` for an order that finishes the stage it is in.
 */
export function configOf(
  context: Loads,
  workflowVersion?: number,
): { readonly workflow: WorkflowDefinition; readonly sla: SlaContext } {
  return {
    workflow: versionOf(context.load('workflow', DEFAULT).state, workflowVersion),
    sla: slaOf(context),
  }
}

/** The SLA policy of a version, by default the newest: a running timer keeps the one that it was armed under. */
export function slaOf(context: Loads, version?: number): SlaContext {
  return {
    policy: versionOf<SlaPolicy>(context.load('slaPolicy', DEFAULT).state, version),
    calendar(id, calendarVersion): Calendar | undefined {
      const calendar = context.load('calendar', id).state
      return calendar.versions[calendarVersion ?? calendar.current]
    },
  }
}

function versionOf<Definition>(published: Published<Definition>, version = published.current): Definition {
  const definition = published.versions[version]
  if (definition === undefined) throw new Error(`${published.id} version ${version} was never published here`)
  return definition
}
