import { localRoster } from './local.ts'
import type { RosterPort } from './port.ts'

/** The roster that this service center works with. */
export const rosterPort: RosterPort = localRoster
