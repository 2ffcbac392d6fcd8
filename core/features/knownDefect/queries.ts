import { defectHistory, getDefect, listDefects, recogniseDefect } from '#shared/contract/knownDefect.ts'
import { recognise } from '#shared/domain/knownDefect/match.ts'
import { query } from '../../kernel/feature.ts'
import { ordersOf } from '../ordersOf.ts'
import { readRecordHistory } from '../recordHistory.ts'
import { readDefects } from './defects.ts'

export const knownDefectQueries = [
  query(listDefects, ({ text, activeOnly }, { db }) => {
    const wanted = text.toLowerCase()
    const holds = (said: string): boolean => said.toLowerCase().includes(wanted)
    return {
      defects: readDefects(db).filter(
        ({ id, title, model, symptoms, active }) =>
          (active || !activeOnly) && [id, title, model, ...symptoms].some(holds),
      ),
    }
  }),
  query(recogniseDefect, ({ model, symptom, firmware }, { db }) => ({
    defect: recognise(readDefects(db).filter(({ active }) => active), { model, symptom, firmware: firmware || null }),
  })),
  query(getDefect, ({ defect, orders }, { db, now }) => ({
    now,
    defect: readDefects(db).find(({ id }) => id === defect) ?? null,
    orders: ordersOf(db, 'known_defect', defect, orders),
  })),
  query(defectHistory, ({ defect }, { db }) => readRecordHistory(db, 'knownDefect', defect)),
]
