import { travelMatrix } from './matrix.ts'
import type { TravelPort } from './port.ts'

/** The ways that this service center reckons with. */
export const travelPort: TravelPort = travelMatrix
