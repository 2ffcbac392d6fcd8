import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadMapping } from '#core/features/import/mapping.ts'
import { all, one } from '#core/store/sql.ts'
import { compareFigures } from '../support/figures.ts'
import { ImportDesk } from '../support/importDesk.ts'

const file = fileURLToPath(new URL('../../../shared/data/incident_event_log.csv.zip', import.meta.url))
const here = existsSync(file)

describe('the audit log of a real desk', () => {
  it.skipIf(!here)(`gives its known figures${here ? '' : ' (skipped: ../shared/data/incident_event_log.csv.zip is not there)'}`, async () => {
    const mapping = loadMapping('servicenow')
    if (!mapping.ok) throw new Error(mapping.refusal.code)
    const desk = new ImportDesk()
    try {
      const options = { file, mapping: mapping.value, batch: 2000 }
      const april = await desk.imported('', { ...options, asOf: Date.UTC(2016, 3, 1) })
      expect(april).toMatchObject({
        rows: 141_712,
        orders: 9202,
        closed: 5856,
        openByStage: { intakeReview: 314, diagnosis: 587, partsLock: 36, scheduling: 544, onsite: 0, signoff: 1865 },
      })
      const whole = await desk.imported('', options)
      expect(whole).toMatchObject({
        rows: 141_712,
        rejected: 5,
        orders: 24_918,
        closed: 24_918,
        meanHoursToClose: 315.33,
        medianHoursToClose: 145.87,
      })
      expect(desk.rejects(whole).slice(1).map((line) => line.split(',', 2))).toEqual(
        [115643, 115644, 124509, 124510, 124511].map((line) => [String(line), 'unknownState: -100']),
      )
      const closed = await compareFigures(desk.app, Date.UTC(2017, 2, 1), [
        { from: '2016-01-01', to: '2017-02-28' },
        { from: '2016-04-01', to: '2016-04-30' },
        { from: '2016-04-01', to: '2016-04-30', chosen: { team: 'Group 70' } },
        { from: '2016-05-09', to: '2016-05-15', chosen: { team: 'Group 70', region: 'Location 204' } },
      ])
      expect(closed).toBeGreaterThan(30_000)
      const { db } = desk.app
      const history = one<{ n: number }>(db, "SELECT count(*) AS n FROM event WHERE type = 'historyRecorded'")
      expect(history?.n).toBe(141_707)
      const reopened = all(db, "SELECT DISTINCT subject FROM event WHERE type = 'historyRecorded' AND text LIKE '%\"reopened\":true%'")
      expect(reopened).toHaveLength(275)
    } finally {
      desk.close()
    }
    // 141,712 rows, twice: well under a minute on a quiet machine.
  }, 240_000)
})
