import type { Feature } from '../../kernel/feature.ts'
import { shiftHandoverCommands } from './commands.ts'
import { shiftHandoverProjection } from './projection.ts'
import { shiftHandoverQueries } from './queries.ts'

/** All or some orders of a person go to another as one offer. */
export const shiftHandover: Feature = {
  name: 'shiftHandover',
  commands: shiftHandoverCommands,
  queries: shiftHandoverQueries,
  projections: [shiftHandoverProjection],
}
