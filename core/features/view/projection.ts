import { canonical } from '#shared/domain/kernel/canonical.ts'
import type { DefaultViewState, ViewState } from '#shared/domain/view/fold.ts'
import { replaceRows, type Row } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const VIEW = { name: 'saved_view', key: ['id'] }
const DEFAULT = { name: 'default_view', key: ['id'] }

const viewRow = (state: ViewState | null): Row[] => {
  if (!state?.exists) return []
  const { id, page, name, shared, owner, content } = state
  return [{ id, page, name, shared: shared ? 1 : 0, owner, content: canonical(content) }]
}

export const viewRows: Projection<ViewState> = {
  kind: 'view',
  version: 1,
  tables: [VIEW.name],
  write(db, _id, before, after) {
    replaceRows(db, VIEW, viewRow(before), viewRow(after))
  },
}

const defaultRow = (state: DefaultViewState | null): Row[] =>
  state && state.view !== null ? [{ id: state.id, view: state.view }] : []

export const defaultViewRows: Projection<DefaultViewState> = {
  kind: 'defaultView',
  version: 1,
  tables: [DEFAULT.name],
  write(db, _id, before, after) {
    replaceRows(db, DEFAULT, defaultRow(before), defaultRow(after))
  },
}
