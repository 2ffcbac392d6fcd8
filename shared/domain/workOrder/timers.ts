import type { EventDraft } from '../kernel/event.ts'
import { accept, refuse, type Result } from '../kernel/refusal.ts'
import { deadline, explainDeadline, type DeadlineExplanation, type DeadlineRequest } from '../sla/deadline.ts'
import type { Calendar } from '../sla/types.ts'
import type { EscalationLevel, SlaPolicy, StageTimerPolicy } from '../sla/policy.ts'
import type { NextLevel, TimerArmed, TimerUpdate, WorkOrderEvents } from './events.ts'
import { pausesAfter } from './evolveTimers.ts'
import type { StageId } from './stages.ts'
import type { PauseSpan, StageTimer, WorkOrderState } from './state.ts'

/** The configuration that a decision about timers reads. All instants are UTC ms. */
export interface SlaContext {
  readonly policy: SlaPolicy
  /** Without a version: the current one. */
  calendar(id: string, version?: number): Calendar | undefined
}

/** The timers that entering a stage arms. One that waits for the first reply is not armed after it. */
export function armTimersFor(
  stage: StageId,
  sla: SlaContext,
  facts: { enteredAt: number; firstRepliedAt: number | null; diagnosisConcludedAt: number | null },
): TimerArmed[] {
  const replied = facts.firstRepliedAt !== null
  return sla.policy.timers
    .filter((rule) => rule.stage === stage && !(rule.when === 'untilFirstReply' && replied))
    .map((rule) => {
      const concludedAt = rule.startsAt === 'diagnosisConcluded' ? facts.diagnosisConcludedAt : null
      return arm(rule, sla, concludedAt ?? facts.enteredAt)
    })
}

function arm(rule: StageTimerPolicy, sla: SlaContext, startAt: number): TimerArmed {
  const calendar = rule.clock === 'working' ? calendarOf(sla, rule.calendarId) : undefined
  const limitMs = (rule.levels[0] as EscalationLevel).afterMs
  return {
    key: rule.key,
    until: rule.when === 'untilFirstReply' ? 'firstReply' : 'left',
    clock: rule.clock,
    ...(calendar && { calendar: calendar.id, calendarVersion: calendar.version }),
    startAt,
    limitMs,
    level: 1,
    dueAt: deadline({ start: startAt, limitMs, clock: rule.clock, calendar }).dueAt,
    pausesOn: rule.pausesOn,
  }
}

/**
 * Deadlines as a pause, or its end, leaves them, of the timers that it touches. Computed anew from the start and
 * all pauses, so that no hold time is lost on resume, whatever policy is in force by then.
 */
export function timerUpdates(
  state: WorkOrderState,
  sla: SlaContext,
  at: number,
  change: { reason: PauseSpan['reason']; paused: boolean },
): TimerUpdate[] {
  const updates: TimerUpdate[] = []
  for (const timer of state.timers) {
    if (timer.settled !== null || !timer.pausesOn.includes(change.reason)) continue
    const pauses = pausesAfter(timer.pauses, at, change.paused, change.reason)
    if (pauses === timer.pauses) continue
    const request = requestOf({ ...timer, pauses }, sla)
    const { dueAt, pieces } = deadline(request)
    updates.push({ visit: timer.visit, key: timer.key, dueAt, ...(request.clock === 'working' && { pieces }) })
  }
  return updates
}

/** Start, calendar pieces, pauses and result of the level that is armed. */
export function explainTimer(timer: StageTimer, sla: SlaContext): DeadlineExplanation {
  return explainDeadline(requestOf(timer, sla))
}

/** The first level runs on the timer's clock; those above on the wall clock, since the level below fired. */
function requestOf(timer: StageTimer, sla: SlaContext): DeadlineRequest {
  const { pauses, step } = timer
  if (step) return { start: step.startAt, limitMs: step.limitMs, clock: 'wall', pauses }
  const calendar = timer.clock === 'working' ? calendarOf(sla, timer.calendar, timer.calendarVersion) : undefined
  return { start: timer.startAt, limitMs: timer.limitMs, clock: timer.clock, calendar, pauses }
}

function calendarOf(sla: SlaContext, id = '', version?: number): Calendar {
  const calendar = sla.calendar(id, version)
  if (!calendar) throw new Error(`SLA policy ${sla.policy.id} needs calendar ${id}`)
  return calendar
}

/** The levels that the policy has for a timer; none where the policy no longer knows it. */
export function levelsOf(sla: SlaContext, timer: string): readonly EscalationLevel[] {
  return sla.policy.timers.find((rule) => rule.key === timer)?.levels ?? []
}

export interface Firing {
  readonly visit: string
  readonly timer: string
  readonly level: number
  readonly called: WorkOrderEvents['timerFired']['called']
  readonly fellUpTo?: string
}

/**
 * Records that a level fired, at the instant it was due, however late this desk notices: exactly the limit has
 * missed. `sla` holds the policy version of the visit. Refuses `notDue`, `settled` and `alreadyFired`.
 */
export function decideFiring(
  state: WorkOrderState,
  sla: SlaContext,
  now: number,
  firing: Firing,
): Result<EventDraft<'timerFired', WorkOrderEvents['timerFired']>> {
  const timer = state.timers.find((candidate) => candidate.visit === firing.visit && candidate.key === firing.timer)
  if (timer?.fired.some((earlier) => earlier.level === firing.level)) return refuse('alreadyFired')
  if (!timer || timer.settled !== null) return refuse('settled')
  if (timer.level !== firing.level || timer.dueAt === null || timer.dueAt > now) return refuse('notDue')
  const levels = levelsOf(sla, timer.key)
  const rule = levels.find((candidate) => candidate.level === firing.level)
  // A stage may be entered past a limit that began earlier; nobody could be called before.
  const entered = state.visits.find((visit) => visit.id === timer.visit)?.enteredAt ?? timer.dueAt
  const at = Math.max(timer.dueAt, entered)
  const above = levels.find((candidate) => candidate.level === firing.level + 1)
  const next = above && armLevel(state, timer, above, at)
  return accept({
    subject: { kind: 'workOrder', id: state.id },
    type: 'timerFired',
    version: 1,
    at,
    data: {
      visit: timer.visit,
      timer: timer.key,
      level: firing.level,
      dueAt: timer.dueAt,
      called: firing.called,
      role: rule?.call.role ?? '',
      ...(firing.fellUpTo !== undefined && { fellUpTo: firing.fellUpTo }),
      channels: rule?.channels ?? ['inApp'],
      ...(rule?.dailyReport && { dailyReport: true }),
      ...(next && { next }),
    },
  })
}

/** Undefined where somebody acted between this late-recorded firing and the next level's deadline. */
function armLevel(state: WorkOrderState, timer: StageTimer, above: EscalationLevel, at: number): NextLevel | undefined {
  const { dueAt } = deadline({ start: at, limitMs: above.afterMs, clock: 'wall', pauses: timer.pauses })
  const actedAt = state.lastActAt
  const acted = actedAt !== null && actedAt > at && (dueAt === null || actedAt < dueAt)
  if (above.unlessActed && acted) return undefined
  return { level: above.level, limitMs: above.afterMs, dueAt, ...(!above.unlessActed && { evenIfActed: true as const }) }
}
