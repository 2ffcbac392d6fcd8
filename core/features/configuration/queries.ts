import { getDefinition, listDefinitions } from '#shared/contract/configuration.ts'
import { query } from '../../kernel/feature.ts'
import { all, one } from '../../store/sql.ts'

interface DefinitionRow {
  readonly kind: 'workflow' | 'slaPolicy' | 'calendar'
  readonly id: string
  readonly version: number
  readonly publishedAt: number
  readonly publishedBy: string
}

const COLUMNS = 'kind, id, version, published_at AS publishedAt, published_by AS publishedBy'

export const configurationQueries = [
  query(listDefinitions, ({ kind }, { db }) => ({
    definitions: all<DefinitionRow>(
      db,
      `SELECT ${COLUMNS} FROM definition WHERE ? IS NULL OR kind = ? ORDER BY kind, id, version DESC`,
      kind ?? null,
      kind ?? null,
    ),
  })),

  query(getDefinition, ({ kind, id, version }, { db }) => {
    const row = one<DefinitionRow & { content: string }>(
      db,
      `SELECT ${COLUMNS}, content FROM definition WHERE kind = ? AND id = ? AND version <= ?
       ORDER BY version DESC LIMIT 1`,
      kind,
      id,
      version ?? Number.MAX_SAFE_INTEGER,
    )
    if (!row || (version !== undefined && row.version !== version)) return { definition: null }
    return { definition: { ...row, content: JSON.parse(row.content) as unknown } }
  }),
]
