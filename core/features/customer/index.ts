import type { Feature } from '../../kernel/feature.ts'
import { customerCommands } from './commands.ts'
import { mergeCustomer } from './merge.ts'
import { customerMergedProjection, customerPlaceProjection, customerProjection } from './projection.ts'
import { customerQueries } from './queries.ts'

export const customer: Feature = {
  name: 'customer',
  commands: [...customerCommands, mergeCustomer],
  queries: customerQueries,
  projections: [customerProjection, customerPlaceProjection, customerMergedProjection],
}
