import { judgeBooking, type Neighbour } from '#shared/domain/roster/judge.ts'
import type { BookingConflict, BookingVerdict, EngineerRoster } from '#shared/domain/roster/types.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { rosterPort } from '../../connectors/roster/index.ts'
import { travelPort } from '../../connectors/travel/index.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'
import { placeOfOrder, readVisits } from './visits.ts'

export interface AskedVisit {
  readonly order: string
  readonly engineers: readonly string[]
  readonly from: number
  readonly to: number
}

/** A shift that a visit begins in may have begun a day before; so may the visit before it. */
const AROUND = 36 * 3_600_000

/**
 * What speaks against booking engineers for an order, by the rows as they stand. Whoever is no engineer is not judged:
 * that is said by whoever books. A visit after it that is past binds nobody: what is left of it is booked anew.
 */
export function judgeVisit(
  db: ReadableDb,
  now: number,
  stateOf: (order: string) => WorkOrderState,
  { order, engineers, from, to }: AskedVisit,
): BookingVerdict {
  const visit = readVisits(db, [order])[0]
  if (!visit) return { hard: [], soft: [] }
  const neighbour = (id: string): Neighbour => {
    const { number, status, stage, appointment, fields } = stateOf(id)
    const done = status !== 'open' || stage === 'signoff' || fields['serviceMode'] === 'remote'
    return { order: id, number, booked: appointment, done }
  }
  const successors = all<{ id: string }>(db, 'SELECT order_id AS id FROM visit_after WHERE after_id = ? ORDER BY 1', order)
  const travel = travelPort.open(db)
  const rosters = rosterPort.read(db, { from: from - AROUND, to: to + AROUND }, engineers)
  const verdict = judgeBooking(
    {
      visit,
      engineers: engineers.flatMap((each) => rosters.find(({ engineer }) => engineer === each) ?? []),
      before: visit.needs.after.map(neighbour),
      after: successors.map(({ id }) => neighbour(id)).filter(({ booked }) => booked !== null && booked.to > now),
      numberOf: (id) => one<{ number: string }>(db, 'SELECT number FROM work_order WHERE id = ?', id)?.number,
      placeOf: (id) => placeOfOrder(db, id),
      travelMs: (a, b) => travel(a, b) ?? 0,
      zone: readSetting(db, 'company.timeZone'),
    },
    { from, to },
  )
  return { hard: verdict.hard.map(named(db, rosters)), soft: verdict.soft.map(named(db, rosters)) }
}

/** With the names of whom and what it is about, for the message. */
const named =
  (db: ReadableDb, rosters: readonly EngineerRoster[]) =>
  <Code extends string>(conflict: BookingConflict<Code>): BookingConflict<Code> => {
    const { engineer, params } = conflict
    const skill = params?.['skill']
    const name = engineer === undefined ? undefined : rosters.find((roster) => roster.engineer === engineer)?.name
    const skillName =
      skill === undefined ? undefined : (one<{ name: string }>(db, 'SELECT name FROM skill WHERE id = ?', skill)?.name ?? skill)
    if (name === undefined && skillName === undefined) return conflict
    return { ...conflict, params: { ...params, ...(name !== undefined && { name }), ...(skillName !== undefined && { skillName }) } }
  }
