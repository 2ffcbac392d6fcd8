import type { OrderDetails } from '#shared/contract/workOrderQueries.ts'
import { STAGES, type Status } from '#shared/domain/workOrder/stages.ts'
import type { WorkflowDefinition } from '#shared/domain/workflow/definition.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { partsNeeded } from '#shared/domain/workOrder/parts.ts'
import { missingToLeave } from '#shared/domain/workOrder/requirements.ts'
import { stockPort } from '../../connectors/stock/index.ts'
import { readState } from '../../kernel/readState.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { readCards } from '../board/cards.ts'
import { configOf } from '../configuration/config.ts'
import { peopleOf } from '../people.ts'

const RESERVATIONS = `
  SELECT held.line, s.part, s.warehouse, s.name, held.quantity, held.reserved_at AS reservedAt
  FROM part_reservation AS held JOIN part_stock AS s ON s.id = held.stock
  WHERE held.order_id = ? ORDER BY held.line, s.id`

const CONFLICTS = 'SELECT * FROM order_conflict WHERE order_id = ? ORDER BY at, subject, event'

interface ConflictRow {
  subject: string
  event: string
  type: string
  at: number
  actor: string
  code: string
}

/** Everything about one order; null: there is none. */
export function readDetails(db: ReadableDb, id: string): OrderDetails | null {
  const [card] = readCards(db, 'WHERE w.id = ?', id)
  if (!card) return null
  const { state } = readState(db, 'workOrder', id)
  const person = peopleOf(db)
  const { handover, promise, appointment } = state
  return {
    card,
    channel: state.channel,
    registeredAt: state.registeredAt,
    firstRepliedAt: state.firstRepliedAt,
    firstClosedAt: state.firstClosedAt,
    closedHow: state.closedHow,
    fields: state.fields as OrderDetails['fields'],
    personal: { ...state.personal },
    erased: [...state.erased],
    missing: missingOf(db, state),
    moves: movesOf(db, state),
    ...fieldsOf(db, state),
    partNames: namesOf(db, state),
    visits: state.visits.map(({ id: visit, stage, enteredAt, leftAt, how, reason = null }) => ({
      id: visit,
      stage,
      enteredAt,
      leftAt,
      how,
      reason,
    })),
    timers: state.timers.map(timerOf),
    promise: promise && { ...promise, key: promise.key ?? null, who: promise.who ?? null },
    handover: handover && {
      from: handover.from === null ? null : person(handover.from),
      to: person(handover.to),
      by: handover.by === undefined ? null : person(handover.by),
      note: handover.note ?? null,
      shift: handover.shift ?? null,
      offeredAt: handover.offeredAt,
    },
    collaborators: state.collaborators.map(person),
    freeze: state.freeze && { since: state.freeze.since, shortages: [...state.freeze.shortages] },
    released: state.released,
    reservations: all<OrderDetails['reservations'][number]>(db, RESERVATIONS, id),
    appointment: appointment && { ...appointment, engineer: person(appointment.engineer), crew: appointment.crew.map(person) },
    arrivals: state.arrivals.map(({ at, engineer }) => ({ at, engineer: person(engineer) })),
    attachments: state.attachments.map((attachment) => ({ ...attachment, addedBy: person(attachment.addedBy) })),
    signature: state.signature && { ...state.signature },
    links: state.links.map((link) => ({ ...link, status: statusOf(db, link.to) })),
    mergedInto: state.mergedInto && { ...state.mergedInto },
    reopenCount: state.reopenCount,
    inquiries: state.inquiries,
    complaints: state.complaints,
    notes: state.notes,
    ratings: state.ratings.map(({ recommend = null, text = null, ...rating }) => ({ ...rating, recommend, text })),
    surveyedAt: state.surveys.at(-1)?.at ?? null,
    conflicts: all<ConflictRow>(db, CONFLICTS, id).map(({ subject, event, type, at, actor, code }) => ({
      subject,
      event,
      type,
      at,
      actor: person(actor),
      code,
    })),
  }
}

function namesOf(db: ReadableDb, state: WorkOrderState): Record<string, string> {
  const named = (partsNeeded(state) ?? []).flatMap(({ part }) => {
    const row = one<{ name: string }>(db, 'SELECT name FROM part_stock WHERE part = ? ORDER BY warehouse LIMIT 1', part)
    return row ? [[part, row.name] as const] : []
  })
  return Object.fromEntries(named)
}

function movesOf(db: ReadableDb, state: WorkOrderState): OrderDetails['moves'] {
  if (state.status !== 'open') return []
  return workflowOf(db, state).stages.find((stage) => stage.id === state.stage)?.transitions ?? []
}

/** An old order is shown with the fields of its own time, stage by stage, whatever was added or dropped since. */
function fieldsOf(db: ReadableDb, state: WorkOrderState): Pick<OrderDetails, 'stageFields' | 'customFields'> {
  const present = workflowOf(db, state)
  const customFields = new Map(present.customFields.map((field) => [field.id, field]))
  const shown = STAGES.map((stage) => {
    const version = state.visits.findLast((visit) => visit.stage === stage)?.workflowVersion
    const workflow = version === undefined ? present : workflowOf(db, state, version)
    for (const field of workflow.customFields) if (!customFields.has(field.id)) customFields.set(field.id, field)
    return [stage, workflow.stages.find(({ id }) => id === stage)?.fields ?? []] as const
  })
  return { stageFields: Object.fromEntries(shown) as OrderDetails['stageFields'], customFields: [...customFields.values()] }
}

/** The version that the order entered its stage with; the newest for an imported stay. */
function workflowOf(
  db: ReadableDb,
  state: WorkOrderState,
  version = state.visits[state.visits.length - 1]?.workflowVersion,
): WorkflowDefinition {
  return configOf({ load: (kind, id) => readState(db, kind, id) }, version === 0 ? undefined : version).workflow
}

/** Judged by the workflow version that the order entered its stage with; imported stays are judged by none. */
function missingOf(db: ReadableDb, state: WorkOrderState): string[] {
  const visit = state.visits[state.visits.length - 1]
  if (state.status !== 'open' || !visit || visit.workflowVersion === 0) return []
  const missing = missingToLeave(state.stage, workflowOf(db, state), state, (warehouse, part) =>
    stockPort.lookUp((kind, id) => readState(db, kind, id), { warehouse, part }),
  )
  return missing.map(({ field }) => field)
}

function timerOf(timer: WorkOrderState['timers'][number]): OrderDetails['timers'][number] {
  const { visit, key, stage, level, startAt, limitMs, dueAt, pauses, settled, fired } = timer
  const paused = settled === null && pauses.some((pause) => pause.to === null)
  return {
    visit,
    key,
    stage,
    level,
    startAt,
    limitMs,
    dueAt: paused ? null : dueAt,
    paused,
    settled: settled?.why ?? null,
    fired: fired.map((firing) => ({ level: firing.level, at: firing.at, dailyReport: firing.dailyReport })),
  }
}

const statusOf = (db: ReadableDb, id: string): Status | null =>
  one<{ status: Status }>(db, 'SELECT status FROM work_order WHERE id = ?', id)?.status ?? null
