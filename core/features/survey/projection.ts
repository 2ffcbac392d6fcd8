import { AGAIN_MS } from '#shared/domain/survey/when.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const LINK: Table = { name: 'survey_link', key: ['link'] }
const DUE: Table = { name: 'survey_due', key: ['closed_at', 'order_id'] }

const linkRows = (state: WorkOrderState | null): Row[] =>
  (state?.surveys ?? []).map(({ link, at }) => ({ link, order_id: state?.id ?? '', sent_at: at }))

/** Customers of a foreign history were asked there, invented ones are not asked at all. */
function dueRows(state: WorkOrderState | null): Row[] {
  if (state?.status !== 'closed' || state.closedAt === null || state.imported !== null || state.demo || state.readOnly) return []
  const { closedAt } = state
  const isRecent = ({ at }: { readonly at: number }): boolean => at > closedAt - AGAIN_MS
  if (state.surveys.some(isRecent) || state.ratings.some(isRecent)) return []
  return [{ closed_at: closedAt, order_id: state.id }]
}

export const surveyRows: Projection<WorkOrderState> = {
  kind: 'workOrder',
  version: 1,
  tables: [LINK.name, DUE.name],

  write(db, _id, before, after) {
    if (before?.surveys !== after.surveys) replaceRows(db, LINK, linkRows(before), linkRows(after))
    replaceRows(db, DUE, dueRows(before), dueRows(after))
  },
}
