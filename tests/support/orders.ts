import type { EventDraft } from '#shared/domain/kernel/event.ts'
import type { StageEntry, TimerArmed, WorkOrderEvents } from '#shared/domain/workOrder/events.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'

/** Drafts of work order events, for tests that are not about decisions. */
export const orderEvent = <Type extends keyof WorkOrderEvents>(
  order: string,
  type: Type,
  data: WorkOrderEvents[Type],
  rest: Partial<EventDraft> = {},
): EventDraft => ({ subject: { kind: 'workOrder', id: order }, type, version: 1, data, ...rest })

export function wallTimer(startAt: number, limitMs: number, key = 'stage'): TimerArmed {
  return {
    key,
    until: 'left',
    clock: 'wall',
    startAt,
    limitMs,
    level: 1,
    dueAt: startAt + limitMs,
    pausesOn: ['frozen', 'waitingOnCustomer'],
  }
}

export const entry = (stage: StageId, visit: string, timers: readonly TimerArmed[] = []): StageEntry => ({
  visit,
  stage,
  workflowVersion: 1,
  slaPolicy: 'default',
  slaVersion: 1,
  timers,
})

export function registered(
  order: string,
  options: {
    at: number
    stage?: StageId
    limitMs?: number
    owner?: string | null
    fields?: WorkOrderEvents['orderRegistered']['fields']
  },
): EventDraft {
  const { at, stage = 'intakeReview', limitMs, owner = null, fields = {} } = options
  return orderEvent(
    order,
    'orderRegistered',
    {
      number: `A-260302-${order}`,
      fields,
      firstContactAt: at,
      channel: 'phone',
      entered: entry(stage, `${order}-1`, limitMs === undefined ? [] : [wallTimer(at, limitMs)]),
      owner,
      promise: null,
    },
    { at },
  )
}
