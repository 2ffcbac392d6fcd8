import type { ProviderState } from '#shared/domain/provider/fold.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const PROVIDER: Table = { name: 'service_provider', key: ['id'] }

function rowOf(state: ProviderState | null): readonly Row[] {
  if (!state?.exists) return []
  const { id, name, parent, active, demo } = state
  return [{ id, name, parent, active: active ? 1 : 0, demo: demo ? 1 : 0 }]
}

export const providerProjection: Projection<ProviderState> = {
  kind: 'serviceProvider',
  version: 1,
  tables: [PROVIDER.name],
  write: (db, _id, before, after) => replaceRows(db, PROVIDER, rowOf(before), rowOf(after)),
}
