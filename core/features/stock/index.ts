import type { Feature } from '../../kernel/feature.ts'
import { stockProjection } from './projection.ts'
import { stockQueries } from './queries.ts'

export const stock: Feature = {
  name: 'stock',
  commands: [],
  queries: stockQueries,
  projections: [stockProjection],
}
