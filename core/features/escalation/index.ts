import type { Feature } from '../../kernel/feature.ts'
import { escalationCommands } from './commands.ts'
import { escalationQueries } from './queries.ts'

export const escalation: Feature = {
  name: 'escalation',
  commands: escalationCommands,
  queries: escalationQueries,
  projections: [],
}
