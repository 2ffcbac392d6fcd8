import { dispatchChanged } from '#shared/contract/dispatch.ts'
import { planProgress } from '#shared/contract/dispatchPlan.ts'
import { topic, type Feature } from '../../kernel/feature.ts'
import { dispatchCommands } from './commands.ts'
import { tellEngineers } from './news.ts'
import { pinProjection, visitRows } from './projection.ts'
import { dispatchQueries } from './queries.ts'
import { dispatchServices } from './services.ts'

const engineerOf = (id: string): string => id.slice(0, id.lastIndexOf('/'))

/** The right engineer, in the right window, at once. */
export const dispatch: Feature = {
  name: 'dispatch',
  commands: dispatchCommands,
  queries: dispatchQueries,
  projections: [visitRows, pinProjection],
  reactors: [tellEngineers],
  services: dispatchServices,
  topics: [
    topic(dispatchChanged, (touched, _events, { now }) => {
      const engineers = new Set<string>()
      const orders = new Set<string>()
      for (const { kind, id } of touched) {
        if (kind === 'workOrder' || kind === 'visitPin') orders.add(id)
        else if (kind === 'engineerDay' || kind === 'shiftMonth') engineers.add(engineerOf(id))
        else if (kind === 'engineerProfile' || kind === 'user') engineers.add(id)
      }
      return engineers.size > 0 || orders.size > 0 ? { now, engineers: [...engineers], orders: [...orders] } : null
    }),
    // Told by the runs themselves: no event says how far they are.
    topic(planProgress, () => null),
  ],
}
