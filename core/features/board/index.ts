import type { Feature } from '../../kernel/feature.ts'
import { boardQueries } from './queries.ts'
import { boardTopic } from './stream.ts'

export const board: Feature = {
  name: 'board',
  commands: [],
  queries: boardQueries,
  projections: [],
  topics: [boardTopic],
}
