import { roadMs, type RoadRule, type TravelMs } from '#shared/domain/dispatch/travel.ts'
import { readSetting } from '../../features/setting/read.ts'
import type { TravelPort } from './port.ts'

/** The bee line × road factor ÷ speed, both of them settings. */
export const beeLine: TravelPort = {
  open: (db) => beeLineOf(readSetting(db, 'dispatch.travel')),
}

export const beeLineOf =
  (rule: RoadRule): TravelMs =>
  (from, to) =>
    from && to ? roadMs(from, to, rule) : null
