import type { Feature } from '../../kernel/feature.ts'
import { equipmentCommands } from './commands.ts'
import { equipmentCodeProjection, equipmentPlaceProjection, equipmentProjection } from './projection.ts'
import { equipmentQueries } from './queries.ts'

export const equipment: Feature = {
  name: 'equipment',
  commands: equipmentCommands,
  queries: equipmentQueries,
  projections: [equipmentProjection, equipmentCodeProjection, equipmentPlaceProjection],
}
