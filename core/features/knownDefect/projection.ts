import type { DefectState } from '#shared/domain/knownDefect/fold.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const DEFECT: Table = { name: 'known_defect', key: ['id'] }

function rowOf(state: DefectState | null): readonly Row[] {
  if (!state?.exists) return []
  const { id, title, model, symptoms, firmware, advice, active, demo } = state
  return [
    { id, title, model, symptoms: JSON.stringify(symptoms), firmware, advice, active: active ? 1 : 0, demo: demo ? 1 : 0 },
  ]
}

export const knownDefectProjection: Projection<DefectState> = {
  kind: 'knownDefect',
  version: 1,
  tables: [DEFECT.name],
  write: (db, _id, before, after) => replaceRows(db, DEFECT, rowOf(before), rowOf(after)),
}
