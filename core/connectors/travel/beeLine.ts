import { roadMs } from '#shared/domain/dispatch/travel.ts'
import { readSetting } from '../../features/setting/read.ts'
import type { TravelPort } from './port.ts'

/** The bee line × road factor ÷ speed, both of them settings. */
export const beeLine: TravelPort = {
  open(db) {
    const rule = readSetting(db, 'dispatch.travel')
    return (from, to) => (from && to ? roadMs(from, to, rule) : null)
  },
}
