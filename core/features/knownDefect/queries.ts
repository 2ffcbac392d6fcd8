import { defectHistory, getDefect, listDefects, recogniseDefect } from '#shared/contract/knownDefect.ts'
import { recognise } from '#shared/domain/knownDefect/match.ts'
import { query } from '../../kernel/feature.ts'
import { readCards } from '../board/cards.ts'
import { readRecordHistory } from '../recordHistory.ts'
import { readDefects } from './defects.ts'

const ORDERS = "WHERE w.known_defect = ? ORDER BY w.status <> 'open', w.first_contact_at DESC, w.id LIMIT ?"

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
    orders: readCards(db, ORDERS, defect, orders),
  })),
  query(defectHistory, ({ defect }, { db }) => readRecordHistory(db, 'knownDefect', defect)),
]
