import type { Feature } from '../../kernel/feature.ts'
import { searchProjections } from './projections.ts'
import { searchQueries } from './queries.ts'

export const search: Feature = {
  name: 'search',
  commands: [],
  queries: searchQueries,
  projections: searchProjections,
}
