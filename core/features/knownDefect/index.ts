import type { Feature } from '../../kernel/feature.ts'
import { knownDefectCommands } from './commands.ts'
import { knownDefectProjection } from './projection.ts'
import { knownDefectQueries } from './queries.ts'

export const knownDefect: Feature = {
  name: 'knownDefect',
  commands: knownDefectCommands,
  queries: knownDefectQueries,
  projections: [knownDefectProjection],
}
