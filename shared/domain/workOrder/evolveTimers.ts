import type { NextLevel, StageEntry, TimerUpdate } from './events.ts'
import type { PauseSpan, StageTimer, WorkOrderState } from './state.ts'

/** The timers that a stage entry armed, added to those of earlier visits that have something to tell. */
export function armTimers(state: WorkOrderState, entry: StageEntry): readonly StageTimer[] {
  const armed = entry.timers.map((timer): StageTimer => ({
    ...timer,
    visit: entry.visit,
    stage: entry.stage,
    pauses: [],
    fired: [],
    settled: null,
  }))
  return [...state.timers.filter((timer) => timer.fired.length > 0), ...armed]
}

/** Nothing more fires of the timers chosen. */
export function settleTimers(
  state: WorkOrderState,
  at: number,
  why: NonNullable<StageTimer['settled']>['why'],
  which: (timer: StageTimer) => boolean,
): WorkOrderState {
  if (!state.timers.some((timer) => timer.settled === null && which(timer))) return state
  return {
    ...state,
    timers: state.timers.map((timer) => (timer.settled === null && which(timer) ? { ...timer, settled: { at, why } } : timer)),
  }
}

/** Somebody did something at `at`: the ladder ends, unless its next level was due by then or is called anyway. */
export function endedByAct(timer: StageTimer, at: number): boolean {
  if (timer.fired.length === 0 || timer.step?.evenIfActed === true) return false
  return timer.dueAt === null || at < timer.dueAt
}

/** The same list where nothing changes: the pause is open already, or there is none to close. */
export function pausesAfter(
  pauses: readonly PauseSpan[],
  at: number,
  paused: boolean,
  reason: PauseSpan['reason'],
): readonly PauseSpan[] {
  const isOpen = (pause: PauseSpan): boolean => pause.to === null && pause.reason === reason
  if (pauses.some(isOpen) === paused) return pauses
  if (paused) return [...pauses, { from: at, to: null, reason }]
  return pauses.map((pause) => (isOpen(pause) ? { ...pause, to: at } : pause))
}

/** Opens or closes a pause on the running timers that have that reason, and takes over the deadlines decided. */
export function withTimerUpdates(
  state: WorkOrderState,
  updates: readonly TimerUpdate[],
  at: number,
  paused: boolean,
  reason: PauseSpan['reason'],
): WorkOrderState {
  return {
    ...state,
    timers: state.timers.map((timer) => {
      if (timer.settled !== null || !timer.pausesOn.includes(reason)) return timer
      const update = updates.find((candidate) => candidate.visit === timer.visit && candidate.key === timer.key)
      const pauses = pausesAfter(timer.pauses, at, paused, reason)
      return { ...timer, pauses, dueAt: update ? update.dueAt : timer.dueAt }
    }),
  }
}

/** Folded by (visit, timer, level): a firing that two desks recorded counts once. */
export function fireTimer(
  state: WorkOrderState,
  at: number,
  fired: { visit: string; timer: string; level: number; dailyReport?: true; next?: NextLevel },
): WorkOrderState {
  return {
    ...state,
    timers: state.timers.map((timer) => {
      if (timer.visit !== fired.visit || timer.key !== fired.timer) return timer
      if (timer.fired.some((firing) => firing.level === fired.level)) return timer
      const firing = { level: fired.level, at, dailyReport: fired.dailyReport === true }
      const next = fired.next
      return {
        ...timer,
        fired: [...timer.fired, firing],
        ...(next && timer.settled === null
          ? {
              level: next.level,
              dueAt: next.dueAt,
              step: { startAt: at, limitMs: next.limitMs, evenIfActed: next.evenIfActed === true },
            }
          : { settled: timer.settled ?? { at, why: 'done' as const } }),
      }
    }),
  }
}
