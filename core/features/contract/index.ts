import type { Feature } from '../../kernel/feature.ts'
import { contractCommands } from './commands.ts'
import { contractProjection } from './projection.ts'
import { contractQueries } from './queries.ts'

export const contract: Feature = {
  name: 'contract',
  commands: contractCommands,
  queries: contractQueries,
  projections: [contractProjection],
}
