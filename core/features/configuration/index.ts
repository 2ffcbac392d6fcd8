import type { Feature } from '../../kernel/feature.ts'
import { configurationCommands } from './commands.ts'
import { definitionRows } from './projection.ts'
import { configurationQueries } from './queries.ts'

export const configuration: Feature = {
  name: 'configuration',
  commands: configurationCommands,
  queries: configurationQueries,
  projections: definitionRows,
}
