import type { Feature } from '../../kernel/feature.ts'
import { providerCommands } from './commands.ts'
import { providerProjection } from './projection.ts'
import { providerQueries } from './queries.ts'

export const provider: Feature = {
  name: 'provider',
  commands: providerCommands,
  queries: providerQueries,
  projections: [providerProjection],
}
