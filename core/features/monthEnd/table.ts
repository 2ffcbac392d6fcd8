import { Readable } from 'node:stream'
import * as z from 'zod'
import { month, MONTH_SHEETS } from '#shared/contract/monthEnd.ts'
import { table } from '../../kernel/table.ts'
import { wallTimes } from '../../output/wallTime.ts'
import { one } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { readSetting } from '../setting/read.ts'
import { sightOf } from './entries.ts'
import { headsOf } from './locks.ts'
import { noTotals, wordsIn } from './sheet.ts'
import { addUp, sheetOf } from './sheets.ts'

const input = z.strictObject({ month, sheet: z.enum(MONTH_SHEETS).default('revenue') })

/** 月结: as XLSX a book of all sheets, as CSV one sheet of it. */
export const monthTable = table({
  name: 'monthEnd',
  permission: { action: 'read', subject: 'Finance' },
  input,
  open({ month: wanted, sheet }, { db, now, language, principal, format }) {
    const words = wordsIn(language)
    const making = { db, sight: sightOf(db, wanted), words, now, totals: noTotals() }
    const { monthSheet } = words
    if (format === 'csv') {
      const single = sheetOf(sheet, { ...making, first: () => addUp(making) })
      return { ...single, title: `${monthSheet.file}-${wanted}-${single.title}` }
    }
    const text = wallTimes(readSetting(db, 'company.timeZone')).text
    const lock = one<{ locked_at: number }>(db, 'SELECT locked_at FROM month_lock WHERE month = ?', wanted)
    const state = lock ? monthSheet.locked.replace('{when}', text(lock.locked_at)) : monthSheet.open
    const heads = Object.entries(headsOf(db)).map(([origin, seq]) => `${origin.slice(0, 8)}:${seq}`)
    return {
      title: `${monthSheet.file}-${wanted}`,
      columns: [],
      total: null,
      rows: Readable.from([]),
      book: {
        heading: `${monthSheet.heading.replace('{company}', readSetting(db, 'company.name')).replace('{month}', wanted).trim()} (${state})`,
        note: monthSheet.note
          .replace('{when}', text(now))
          .replace('{who}', principal.local ? monthSheet.commandLine : peopleOf(db)(principal.actor.id).name)
          .replace('{heads}', heads.slice(0, 4).join(' ')),
        pageWords: monthSheet.page,
        // The ledger comes last: it is compared with what the sheets before it came to.
        sheets: MONTH_SHEETS.map((name) => sheetOf(name, making)),
      },
    }
  },
})
