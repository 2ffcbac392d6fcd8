import type { Feature } from '../../kernel/feature.ts'
import { customerCommands } from './commands.ts'
import { customerPlaceProjection, customerProjection } from './projection.ts'
import { customerQueries } from './queries.ts'

export const customer: Feature = {
  name: 'customer',
  commands: customerCommands,
  queries: customerQueries,
  projections: [customerProjection, customerPlaceProjection],
}
