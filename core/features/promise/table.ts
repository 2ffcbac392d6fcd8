import type { Card } from '#shared/contract/board.ts'
import { promiseTableInput, type Due } from '#shared/contract/promise.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { columnsOf, listTable, TABLE_PAGE } from '../../kernel/listTable.ts'
import { table } from '../../kernel/table.ts'
import { endOfDay, readPromises } from './list.ts'

/** The promises as they are filtered: who owes the next step of which order by when. */
export const promiseTable = table({
  name: 'promises',
  permission: { action: 'read', subject: 'WorkOrder' },
  input: promiseTableInput,
  open({ filter }, { db, now, language }) {
    const { t } = tableWords(language)
    const { text, instant } = columnsOf<Card>()
    const dayEnds = endOfDay(db, now)
    const dueOf = ({ promiseBy: by }: Card): Due => (by === null ? 'none' : by <= now ? 'broken' : by < dayEnds ? 'today' : 'later')
    return listTable(
      t('title.promises'),
      [
        text(t('orders.column.number'), ({ number }) => number, 16),
        text(t('orders.column.owner'), ({ owner }) => owner?.name ?? '', 12),
        text(t('orders.column.nextStep'), ({ nextStep }) => nextStep, 30),
        text(t('orders.column.waitsOn'), ({ waitsOn }) => (waitsOn === null ? '' : t(`party.${waitsOn}`)), 10),
        instant(t('orders.column.promise'), ({ promiseBy }) => promiseBy),
        text(t('promise.state'), (card) => t(`promise.due.${dueOf(card)}`), 10),
        text(t('orders.column.customer'), ({ customer }) => customer?.name ?? '', 30),
        text(t('orders.column.stage'), ({ stage }) => t(`stage.${stage}`), 10),
        text(t('orders.column.faultSymptom'), ({ symptom }) => symptom, 32),
      ],
      (after) => {
        const { promises, next } = readPromises(db, filter, { now, dayEnds }, TABLE_PAGE, after)
        return { rows: promises, next }
      },
    )
  },
})
