import type { Feature } from '../../kernel/feature.ts'
import { monthCommands } from './commands.ts'
import { monthProjection } from './projection.ts'
import { monthQueries } from './queries.ts'

/** 月结: months of the ledger and their lock. */
export const monthEnd: Feature = {
  name: 'monthEnd',
  commands: monthCommands,
  queries: monthQueries,
  projections: [monthProjection],
}
