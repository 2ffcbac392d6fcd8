import type { Feature } from '../../kernel/feature.ts'
import { ledgerCommands } from './commands.ts'
import { ledgerProjection } from './projection.ts'

/** The books of this service center, as its orders made them. */
export const ledger: Feature = {
  name: 'ledger',
  commands: ledgerCommands,
  queries: [],
  projections: [ledgerProjection],
}
