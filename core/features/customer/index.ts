import type { Feature } from '../../kernel/feature.ts'
import { customerProjection } from './projection.ts'
import { customerQueries } from './queries.ts'

export const customer: Feature = {
  name: 'customer',
  commands: [],
  queries: customerQueries,
  projections: [customerProjection],
}
