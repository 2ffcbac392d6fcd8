import { perceivedOrder, perceivedSummary } from '#shared/contract/perceivedTime.ts'
import { partiesIn, perceive, verdictOf } from '#shared/domain/perceivedTime/perceive.ts'
import { RATED } from '#shared/domain/perceivedTime/pieces.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { readState } from '../../kernel/readState.ts'
import { readSetting } from '../setting/read.ts'
import { perceivedRows } from './projection.ts'
import { readSummary } from './summary.ts'

export const perceivedTime: Feature = {
  name: 'perceivedTime',
  commands: [],
  queries: [
    query(perceivedSummary, (period, { db, now }) => readSummary(db, period, readSetting(db, 'perceived.limits'), now), 'figures'),

    query(perceivedOrder, ({ order }, { db, now }) => {
      const { state } = readState(db, 'workOrder', order)
      if (!state.registered) return { now, order: null }
      const perceived = perceive(state)
      const limits = readSetting(db, 'perceived.limits')
      const pieces = perceived.pieces.map(({ piece, from, to }) => {
        const end = to ?? Math.max(now, from)
        const waits = [...partiesIn(state, from, end)].map(([party, ms]) => ({ party, ms }))
        return { piece, from, to, ms: end - from, waits }
      })
      return {
        now,
        order: {
          outcome: perceived.outcome,
          remote: perceived.remote,
          atCall: perceived.atCall,
          byWish: perceived.byWish,
          totalMs: pieces.reduce((sum, { ms }) => sum + ms, 0),
          running: pieces.some(({ to }) => to === null),
          pieces,
          stages: RATED.map((stage) => ({ stage, limitMs: limits[stage], verdict: verdictOf(perceived, stage, limits, now) })),
        },
      }
    }),
  ],
  projections: [perceivedRows],
}
