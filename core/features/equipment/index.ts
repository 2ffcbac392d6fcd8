import type { Feature } from '../../kernel/feature.ts'
import { equipmentProjection } from './projection.ts'

export const equipment: Feature = {
  name: 'equipment',
  commands: [],
  queries: [],
  projections: [equipmentProjection],
}
