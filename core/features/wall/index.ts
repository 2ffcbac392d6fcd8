import * as contract from '#shared/contract/wall.ts'
import type { Subject } from '#shared/domain/kernel/event.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { query, service, topic, type Feature } from '../../kernel/feature.ts'
import { peopleOf } from '../people.ts'
import { readWallBoard } from './board.ts'
import { createToken, listTokens, revokeToken } from './tokens.ts'

/** What changes anything that a wall display shows. */
const SHOWN: ReadonlySet<Subject['kind']> = new Set(['workOrder', 'engineerDay', 'user', 'customer', 'serviceProvider', 'settings'])

export const wall: Feature = {
  name: 'wall',
  commands: [],
  queries: [
    query(contract.wallBoard, ({ perColumn }, { db, now }) => readWallBoard(db, perColumn, now)),
    query(contract.listWallTokens, (_input, { db, now }) => {
      const person = peopleOf(db)
      return { now, walls: listTokens(db).map((each) => ({ ...each, createdBy: person(each.createdBy).name })) }
    }),
  ],
  services: [
    service(contract.createWallToken, ({ name }, { db, principal, clock }) => {
      if (!principal) return refuse('unauthenticated')
      return accept(createToken(db, name, principal.actor.id, clock()))
    }),
    service(contract.revokeWallToken, (input, { db }) =>
      revokeToken(db, input.wall) ? accept({}) : refuse('unknownWall', 'wall'),
    ),
  ],
  projections: [],
  topics: [topic(contract.wallChanged, (touched, _events, { now }) => (touched.some(({ kind }) => SHOWN.has(kind)) ? { now } : null))],
}
