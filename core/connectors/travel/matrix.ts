import { upToStep } from '#shared/domain/dispatch/travel.ts'
import type { Coordinates } from '#shared/domain/roster/types.ts'
import { one, run, type ReadableDb, type WritableDb } from '../../store/sql.ts'
import { beeLine } from './beeLine.ts'
import type { TravelPort } from './port.ts'

/** Four digits behind the point, about ten metres: the same place by any system. */
const placeKey = ({ lat, lon }: Coordinates): string => `${lat.toFixed(4)},${lon.toFixed(4)}`

const LEG = 'SELECT minutes FROM travel_leg WHERE from_place = ? AND to_place = ?'

/** A table of ways from a routing service; a way that it lacks is reckoned from the bee line. */
export const travelMatrix: TravelPort = {
  open(db) {
    const otherwise = beeLine.open(db)
    if (one(db, 'SELECT 1 FROM travel_leg LIMIT 1') === undefined) return otherwise
    return (from, to) => {
      if (!from || !to) return null
      const leg = one<{ minutes: number }>(db, LEG, placeKey(from), placeKey(to))
      return leg ? upToStep(leg.minutes * 60_000) : otherwise(from, to)
    }
  },
}

interface Leg {
  readonly from: Coordinates
  readonly to: Coordinates
  readonly minutes: number
}

/** Ways are no events: another desk asks its own routing service. */
export function keepWays(db: WritableDb, legs: readonly Leg[], replace: boolean): void {
  db.raw.transaction(() => {
    if (replace) run(db, 'DELETE FROM travel_leg')
    for (const { from, to, minutes } of legs) {
      run(
        db,
        `INSERT INTO travel_leg (from_place, to_place, minutes) VALUES (?,?,?)
         ON CONFLICT (from_place, to_place) DO UPDATE SET minutes = excluded.minutes`,
        placeKey(from),
        placeKey(to),
        minutes,
      )
    }
  })()
}

export const countWays = (db: ReadableDb): number => one<{ n: number }>(db, 'SELECT count(*) AS n FROM travel_leg')?.n ?? 0
