import { localStock } from './local.ts'
import type { StockPort } from './port.ts'

/** The stock that this service center works with. */
export const stockPort: StockPort = localStock
