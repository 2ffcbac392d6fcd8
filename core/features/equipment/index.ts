import type { Feature } from '../../kernel/feature.ts'
import { equipmentProjection } from './projection.ts'
import { equipmentQueries } from './queries.ts'

export const equipment: Feature = {
  name: 'equipment',
  commands: [],
  queries: equipmentQueries,
  projections: [equipmentProjection],
}
