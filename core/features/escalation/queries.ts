import { explainDeadline, openEscalations, type OpenEscalation } from '#shared/contract/escalation.ts'
import type { StageTimer, WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { explainTimer, levelsOf } from '#shared/domain/workOrder/timers.ts'
import { query } from '../../kernel/feature.ts'
import { readState } from '../../kernel/readState.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { slaOf } from '../configuration/config.ts'

const REPORTED = `
  FROM stage_timer AS t
  JOIN work_order AS w ON w.id = t.order_id AND w.status = 'open'
  JOIN stage_visit AS v ON v.order_id = t.order_id AND v.visit = t.visit AND v.left_at IS NULL
  WHERE t.daily_report = 1 AND (@stage IS NULL OR t.stage = @stage)`

type ReportedRow = Omit<OpenEscalation, 'frozen'> & { frozen: number }

export const escalationQueries = [
  query(openEscalations, ({ stage, limit }, { db, now }) => ({
    now,
    total: one<{ total: number }>(db, `SELECT count(*) AS total ${REPORTED}`, { stage: stage ?? null })?.total ?? 0,
    orders: all<ReportedRow>(
      db,
      `SELECT t.order_id AS "order", w.number, t.visit, t.key AS timer, t.stage,
         (SELECT name FROM customer WHERE id = w.customer) AS customer, w.model, w.serial,
         (SELECT display_name FROM user_account WHERE id = w.owner) AS owner, w.next_step AS nextStep,
         w.next_step_key AS nextStepKey,
         v.entered_at AS enteredAt, t.fired_at AS firstFiredAt, t.fired AS levelsFired, w.frozen
       ${REPORTED} ORDER BY t.fired_at, t.order_id, t.key LIMIT @limit`,
      { stage: stage ?? null, limit },
    ).map((row) => ({ ...row, frozen: row.frozen === 1 })),
  })),

  query(explainDeadline, ({ order, visit }, { db, now }) => {
    const { state } = readState(db, 'workOrder', order)
    const of = visit ?? state.visits.at(-1)?.id
    return { now, timers: state.timers.filter((timer) => timer.visit === of).map((timer) => explained(db, state, timer)) }
  }),
]

function explained(db: ReadableDb, state: WorkOrderState, timer: StageTimer) {
  const slaVersion = state.visits.find((visit) => visit.id === timer.visit)?.slaVersion ?? 0
  const sla = slaOf({ load: (kind, id) => readState(db, kind, id) }, slaVersion)
  return {
    visit: timer.visit,
    timer: timer.key,
    stage: timer.stage,
    level: timer.level,
    settled: timer.settled,
    slaVersion,
    deadline: explainTimer(timer, sla),
    ladder: levelsOf(sla, timer.key).map(({ level, afterMs, call, channels, unlessActed, dailyReport }) => ({
      level,
      afterMs,
      role: call.role,
      channels,
      unlessActed,
      dailyReport,
      firedAt: timer.fired.find((firing) => firing.level === level)?.at ?? null,
    })),
  }
}
