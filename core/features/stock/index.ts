import type { Feature } from '../../kernel/feature.ts'
import { stockProjection } from './projection.ts'

export const stock: Feature = {
  name: 'stock',
  commands: [],
  queries: [],
  projections: [stockProjection],
}
