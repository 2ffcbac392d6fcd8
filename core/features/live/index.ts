import { dirname } from 'node:path'
import { liveState, liveTasks } from '#shared/contract/live.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { liveServices, preparedPart, problemOf } from './service.ts'
import { stateOf } from './state.ts'
import { tasksOf } from './tasks.ts'

/** From demo data, or none, to real orders. */
export const live: Feature = {
  name: 'live',
  commands: [],
  services: liveServices,
  queries: [
    query(liveState, (_input, { db, center }) =>
      stateOf(db, {
        folder: dirname(db.raw.name),
        fixed: center ? (problemOf({ center }) ?? null) : 'notServed',
        preparing: preparedPart(db.raw),
      }),
    ),
    query(liveTasks, (_input, { db, now }) => ({ now, tasks: tasksOf(db, dirname(db.raw.name), now) })),
  ],
  projections: [],
}
