import type { TravelMs } from '#shared/domain/dispatch/travel.ts'
import type { ReadableDb } from '../../store/sql.ts'

/**
 * How long ways take. The built-in adapter reckons them from the bee line; another one answers from a table of a
 * routing service, which is fetched beforehand: a suggestion never waits for a network.
 */
export interface TravelPort {
  /** For as long as one question is answered. */
  open(db: ReadableDb): TravelMs
}
