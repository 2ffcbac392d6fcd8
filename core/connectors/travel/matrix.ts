import { upToStep } from '#shared/domain/dispatch/travel.ts'
import type { Coordinates } from '#shared/domain/roster/types.ts'
import { one } from '../../store/sql.ts'
import { beeLine } from './beeLine.ts'
import type { TravelPort } from './port.ts'

/** Four digits behind the point, about ten metres: the same place by any system. */
export const placeKey = ({ lat, lon }: Coordinates): string => `${lat.toFixed(4)},${lon.toFixed(4)}`

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
