import type { Feature } from '../../kernel/feature.ts'
import { stockCommands } from './commands.ts'
import { stockProjection } from './projection.ts'
import { stockQueries } from './queries.ts'

export const stock: Feature = {
  name: 'stock',
  commands: stockCommands,
  queries: stockQueries,
  projections: [stockProjection],
}
