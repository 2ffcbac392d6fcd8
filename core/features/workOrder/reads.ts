import type { Feature } from '../../kernel/feature.ts'
import { workOrderProjection } from './projection.ts'
import { workOrderQueries } from './queries.ts'

/** The rows of work orders and what is read of them; what is decided stands in the feature's own index. */
export const workOrderReads: Feature = {
  name: 'workOrder',
  commands: [],
  queries: workOrderQueries,
  projections: [workOrderProjection],
}
