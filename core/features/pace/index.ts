import { expectedCompletion } from '#shared/contract/pace.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { readState } from '../../kernel/readState.ts'
import { expectedOf } from './expected.ts'
import { paceRows } from './projection.ts'

export const pace: Feature = {
  name: 'pace',
  commands: [],
  queries: [
    query(expectedCompletion, ({ order }, { db, now }) => ({ now, expected: expectedOf(db, readState(db, 'workOrder', order).state, now) })),
  ],
  projections: [paceRows],
}
