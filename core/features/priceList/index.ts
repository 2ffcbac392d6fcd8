import type { Feature } from '../../kernel/feature.ts'
import { priceCommands } from './commands.ts'
import { priceProjection } from './projection.ts'
import { priceQueries } from './queries.ts'

export const priceList: Feature = {
  name: 'priceList',
  commands: priceCommands,
  queries: priceQueries,
  projections: [priceProjection],
}
