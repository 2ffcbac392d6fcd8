import { rosterChanged } from '#shared/contract/roster.ts'
import { topic, type Feature } from '../../kernel/feature.ts'
import { rosterCommands } from './commands.ts'
import { tellRoster } from './news.ts'
import { monthProjection, profileProjection } from './projections.ts'
import { rosterQueries } from './queries.ts'
import { visitDurationProjection, visitNeedProjection } from './visitProjections.ts'

const engineerOf = (id: string): string => id.slice(0, id.lastIndexOf('/'))

/** Who is an engineer, what he can do, when he works, and what visits ask. */
export const roster: Feature = {
  name: 'roster',
  commands: rosterCommands,
  queries: rosterQueries,
  projections: [profileProjection, monthProjection, visitNeedProjection, visitDurationProjection],
  reactors: [tellRoster],
  topics: [
    topic(rosterChanged, (touched, _events, { now }) => {
      const engineers = new Set<string>()
      let skills = false
      for (const { kind, id } of touched) {
        if (kind === 'engineerProfile' || kind === 'user') engineers.add(id)
        else if (kind === 'shiftMonth' || kind === 'engineerDay') engineers.add(engineerOf(id))
        else if (kind === 'skill') skills = true
      }
      return engineers.size > 0 || skills ? { now, engineers: [...engineers], skills } : null
    }),
  ],
}
