import type { Coordinates } from './types.ts'

const EARTH_KM = 6371.0088
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance by the haversine formula on a sphere of the mean radius, km. */
export function kilometres(a: Coordinates, b: Coordinates): number {
  const half = (x: number): number => Math.sin(x / 2) ** 2
  const h = half(radians(b.lat - a.lat)) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(radians(b.lon - a.lon))
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Five digits behind the point: about a metre; what is finer is noise in the log. */
export const rounded = <Place extends Coordinates>(place: Place): Place => ({
  ...place,
  lat: Math.round(place.lat * 1e5) / 1e5,
  lon: Math.round(place.lon * 1e5) / 1e5,
})
