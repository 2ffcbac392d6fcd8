import type { Published } from '#shared/domain/configuration/fold.ts'
import { canonical } from '#shared/domain/kernel/canonical.ts'
import { replaceRows, type Row } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const TABLE = { name: 'definition', key: ['kind', 'id', 'version'] }

const rowsOf = (kind: string, state: Published<unknown> | null): Row[] =>
  Object.entries(state?.published ?? {}).map(([version, { at, by }]) => ({
    kind,
    id: (state as Published<unknown>).id,
    version: Number(version),
    published_at: at,
    published_by: by,
    content: canonical((state as Published<unknown>).versions[Number(version)]),
  }))

const rowsFor = (kind: 'workflow' | 'slaPolicy' | 'calendar'): Projection<Published<unknown>> => ({
  kind,
  version: 1,
  tables: [TABLE.name],
  write(db, _id, before, after) {
    replaceRows(db, TABLE, rowsOf(kind, before), rowsOf(kind, after))
  },
})

/** Every version of every definition, to be listed and read. */
export const definitionRows = [rowsFor('workflow'), rowsFor('slaPolicy'), rowsFor('calendar')]
