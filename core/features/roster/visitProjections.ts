import { canonical } from '#shared/domain/kernel/canonical.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const NEED: Table = { name: 'visit_need', key: ['order_id'] }
const AFTER: Table = { name: 'visit_after', key: ['order_id', 'after_id'] }
const DURATION: Table = { name: 'visit_duration', key: ['order_id'] }

const isOpen = (state: WorkOrderState | null): state is WorkOrderState => state?.registered === true && state.status === 'open'

function needRow(state: WorkOrderState | null): readonly Row[] {
  if (!isOpen(state)) return []
  const skills = state.fields['skillsNeeded']
  const { minutes, crew, windows } = state.visitNeeds
  const isPlain = minutes === null && crew === 1 && windows.length === 0
  const named = Array.isArray(skills) ? skills : []
  if (named.length === 0 && isPlain) return []
  return [{ order_id: state.id, skills: canonical(named), minutes, crew, windows: canonical(windows) }]
}

const afterRows = (state: WorkOrderState | null): readonly Row[] =>
  isOpen(state) ? state.visitNeeds.after.map((after) => ({ order_id: state.id, after_id: after })) : []

/** Rows of open orders alone: what a closed one asked is in its history. */
export const visitNeedProjection: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 1,
  tables: [NEED.name, AFTER.name],
  write(db, _id, before, after) {
    const isSame =
      before?.registered === after.registered &&
      before.status === after.status &&
      before.fields === after.fields &&
      before.visitNeeds === after.visitNeeds
    if (isSame) return
    replaceRows(db, NEED, needRow(before), needRow(after))
    replaceRows(db, AFTER, afterRows(before), afterRows(after))
  },
}

const MINUTE = 60_000
/** What is shorter or longer was no visit, but a slip of whoever wrote it down. */
const SHORTEST_MIN = 5
const LONGEST_MIN = 16 * 60

/**
 * Length of the one visit of an order closed after work on site: from the arrival to the end of the last stay in
 * 现场处理. Return visits are left out, for nobody says when each of them ended.
 */
function durationRow(state: WorkOrderState | null): readonly Row[] {
  if (state?.status !== 'closed' || state.arrivals.length !== 1) return []
  const arrival = state.arrivals[0]?.at ?? 0
  const ended = state.visits.findLast((visit) => visit.stage === 'onsite')?.leftAt ?? null
  if (ended === null) return []
  const minutes = Math.round((ended - arrival) / MINUTE)
  if (minutes < SHORTEST_MIN || minutes > LONGEST_MIN) return []
  const text = (field: string): string => String(state.fields[field] ?? '')
  return [{ order_id: state.id, symptom: text('faultSymptom'), model: text('model'), minutes, ended_at: ended }]
}

export const visitDurationProjection: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 1,
  tables: [DURATION.name],
  write(db, _id, before, after) {
    if (before?.status !== 'closed' && after.status !== 'closed') return
    replaceRows(db, DURATION, durationRow(before), durationRow(after))
  },
}
