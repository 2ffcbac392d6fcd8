import type { Feature } from '../../kernel/feature.ts'
import { engineerDayProjection } from './projection.ts'
import { engineerQueries } from './queries.ts'

export const engineerDay: Feature = {
  name: 'engineerDay',
  commands: [],
  queries: engineerQueries,
  projections: [engineerDayProjection],
}
