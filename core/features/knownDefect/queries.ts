import { listDefects, recogniseDefect } from '#shared/contract/knownDefect.ts'
import { recognise } from '#shared/domain/knownDefect/match.ts'
import { query } from '../../kernel/feature.ts'
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
]
