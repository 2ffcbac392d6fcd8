import { PRIORITIES, type Priority } from '#shared/domain/workOrder/stages.ts'
import type { StageTimer, WorkOrderState } from '#shared/domain/workOrder/state.ts'
import type { Row } from '../../kernel/rows.ts'

/** Later than any due time: orders without one stand last in their column. */
export const NEVER = 9_000_000_000_000_000

const flag = (value: boolean): number => (value ? 1 : 0)

const textOf = (state: WorkOrderState, field: string): string => {
  const value = state.fields[field]
  return typeof value === 'string' ? value : ''
}

const idOf = (state: WorkOrderState, field: string): string | null => textOf(state, field) || null

export const priorityOf = (state: WorkOrderState): Priority =>
  PRIORITIES.find((priority) => priority === state.fields['priority']) ?? 'normal'

export const providerOf = (state: WorkOrderState): string | null => idOf(state, 'provider')

/** Who goes there. */
export const engineerOf = (state: WorkOrderState): string | null => state.appointment?.engineer ?? null

export const customerOf = (state: WorkOrderState): string | null => idOf(state, 'customer')

/** The timers of the stay that the order is in; none once it is closed. */
function presentTimers(state: WorkOrderState): readonly StageTimer[] {
  const visit = state.status === 'open' ? state.visits[state.visits.length - 1] : undefined
  return visit ? state.timers.filter((timer) => timer.visit === visit.id) : []
}

const isPaused = (timer: StageTimer): boolean =>
  timer.settled === null && timer.pauses.some((pause) => pause.to === null)

/** When a timer's promise broke, or breaks as things stand; null: it does not run. */
function promiseOf(timer: StageTimer): number | null {
  const [first] = timer.fired
  if (first) return first.at
  return timer.settled !== null || isPaused(timer) ? null : timer.dueAt
}

export const isBreached = (state: WorkOrderState): boolean =>
  presentTimers(state).some((timer) => timer.fired.length > 0)

/** The row of an order; none before its registration was folded. */
export function workOrderRow(state: WorkOrderState | null, head: string): readonly Row[] {
  if (!state?.registered) return []
  const timers = presentTimers(state)
  let due: { at: number; limitMs: number } | null = null
  for (const timer of timers) {
    const at = promiseOf(timer)
    if (at !== null && (due === null || at < due.at)) due = { at, limitMs: timer.limitMs }
  }
  const visit = state.visits[state.visits.length - 1]
  return [
    {
      id: state.id,
      number: state.number,
      channel: state.channel,
      status: state.status,
      stage: state.stage,
      priority: priorityOf(state),
      customer: customerOf(state),
      equipment: idOf(state, 'equipment'),
      model: textOf(state, 'model'),
      serial: textOf(state, 'serial'),
      firmware: textOf(state, 'firmware'),
      fault_category: textOf(state, 'faultCategory'),
      symptom: textOf(state, 'faultSymptom'),
      owner: state.owner,
      engineer: engineerOf(state),
      provider: providerOf(state),
      known_defect: state.knownDefect,
      handover_to: state.handover?.to ?? null,
      handover_by: state.handover?.by ?? null,
      handover_at: state.handover?.offeredAt ?? null,
      handover_note: state.handover?.note ?? null,
      handover_shift: state.handover?.shift ?? null,
      next_step: state.promise?.step ?? null,
      next_step_key: state.promise?.key ?? null,
      waits_on: state.promise?.waitsOn ?? null,
      waits_who: state.promise?.who ?? null,
      promise_by: state.promise?.by ?? null,
      promise_order: state.promise?.by ?? NEVER,
      first_contact_at: state.firstContactAt,
      entered_at: visit?.enteredAt ?? state.registeredAt,
      closed_at: state.closedAt,
      due_at: due?.at ?? null,
      limit_ms: due?.limitMs ?? null,
      urgency: due?.at ?? NEVER,
      breached: flag(isBreached(state)),
      frozen: flag(state.freeze !== null),
      paused: flag(timers.some(isPaused)),
      imported: flag(state.imported !== null),
      demo: flag(state.demo),
      read_only: flag(state.readOnly),
      head,
    },
  ]
}

export function visitRows(state: WorkOrderState | null): readonly Row[] {
  if (!state?.registered) return []
  return state.visits.map((visit, index) => ({
    order_id: state.id,
    ordinal: index + 1,
    visit: visit.id,
    stage: visit.stage,
    entered_at: visit.enteredAt,
    left_at: visit.leftAt,
    how: visit.how,
    workflow_version: visit.workflowVersion,
    sla_policy: visit.slaPolicy,
    sla_version: visit.slaVersion,
  }))
}

export function timerRows(state: WorkOrderState | null): readonly Row[] {
  if (!state?.registered) return []
  const present = presentTimers(state)
  return state.timers.map((timer) => {
    const [first] = timer.fired
    const paused = isPaused(timer)
    return {
      order_id: state.id,
      visit: timer.visit,
      key: timer.key,
      stage: timer.stage,
      level: timer.level,
      // A deadline that passed before the pause is still to be fired.
      due_at: timer.dueAt,
      limit_ms: timer.limitMs,
      paused: flag(paused),
      settled: timer.settled?.why ?? (present.includes(timer) ? null : 'left'),
      fired: timer.fired.length,
      fired_at: first?.at ?? null,
      daily_report: flag(timer.fired.some((firing) => firing.dailyReport)),
    }
  })
}

export function shortageRows(state: WorkOrderState | null): readonly Row[] {
  if (!state?.registered || state.status !== 'open' || !state.freeze) return []
  const { since, shortages } = state.freeze
  return shortages.map((shortage) => ({
    stock: `${shortage.warehouse}/${shortage.part}`,
    since,
    order_id: state.id,
    line: shortage.line,
    needed: shortage.needed,
  }))
}

export function blobRows(state: WorkOrderState | null): readonly Row[] {
  if (!state?.registered) return []
  const blobs = state.attachments.map(({ blob }) => blob)
  if (state.signature) blobs.push(state.signature.blob)
  return [...new Set(blobs)].map((blob) => ({ blob, order_id: state.id }))
}
