import type { Coordinates } from '#shared/domain/roster/types.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'

export const placeText = (place: Coordinates | null | undefined): string => (place ? `${place.lat}, ${place.lon}` : '')

/** "31.308, 120.735": latitude, longitude, in degrees, as map programs copy it; empty: nobody knows where. */
export function placeFrom(text: string): Result<Coordinates | null> {
  if (text.trim() === '') return accept(null)
  const [, lat, lon] = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，、\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text) ?? []
  const place = { lat: Number(lat), lon: Number(lon) }
  const isPlace = lat !== undefined && Math.abs(place.lat) <= 90 && Math.abs(place.lon) <= 180
  return isPlace ? accept(place) : refuse('placeUnclear', 'place')
}
