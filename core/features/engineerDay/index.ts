import type { Feature } from '../../kernel/feature.ts'
import { engineerDayProjection } from './projection.ts'

export const engineerDay: Feature = {
  name: 'engineerDay',
  commands: [],
  queries: [],
  projections: [engineerDayProjection],
}
