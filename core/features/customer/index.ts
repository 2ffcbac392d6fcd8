import type { Feature } from '../../kernel/feature.ts'
import { customerProjection } from './projection.ts'

export const customer: Feature = {
  name: 'customer',
  commands: [],
  queries: [],
  projections: [customerProjection],
}
