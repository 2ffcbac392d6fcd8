import type { EngineerRoster, Span } from '#shared/domain/roster/types.ts'
import type { ReadableDb } from '../../store/sql.ts'

/**
 * Who works when. The built-in adapter keeps profiles and shifts as subjects of this log; one over another system (an
 * attendance service) mirrors its shifts into the same subjects through the same commands, so that a booking is
 * checked in one transaction whatever the network does, and answers from them.
 */
export interface RosterPort {
  /** Engineers that are active, by name; `engineers`: only these, any order. Shifts, leave and bookings that touch `span`. */
  read(db: ReadableDb, span: Span, engineers?: readonly string[]): readonly EngineerRoster[]
}
