import type { Card } from '#shared/contract/board.ts'
import { promiseTableInput, type Due } from '#shared/contract/promise.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { listTable, TABLE_PAGE, textColumn, type ListColumn } from '../../kernel/listTable.ts'
import { table } from '../../kernel/table.ts'
import { endOfDay, readPromises } from './list.ts'

/** The promises as they are filtered: who owes the next step of which order by when. */
export const promiseTable = table({
  name: 'promises',
  permission: { action: 'read', subject: 'WorkOrder' },
  input: promiseTableInput,
  open({ filter }, { db, now, language }) {
    const { t } = tableWords(language)
    const dayEnds = endOfDay(db, now)
    const dueOf = ({ promiseBy: by }: Card): Due => (by === null ? 'none' : by <= now ? 'broken' : by < dayEnds ? 'today' : 'later')
    const promised: ListColumn<Card> = { title: t('orders.column.promise'), kind: 'instant', cell: ({ promiseBy }) => promiseBy }
    return listTable(
      t('title.promises'),
      [
        textColumn(t('orders.column.number'), 16, ({ number }) => number),
        textColumn(t('orders.column.owner'), 12, ({ owner }) => owner?.name ?? ''),
        textColumn(t('orders.column.nextStep'), 30, ({ nextStep }) => nextStep),
        textColumn(t('orders.column.waitsOn'), 10, ({ waitsOn }) => (waitsOn === null ? '' : t(`party.${waitsOn}`))),
        promised,
        textColumn(t('promise.state'), 10, (card) => t(`promise.due.${dueOf(card)}`)),
        textColumn(t('orders.column.customer'), 30, ({ customer }) => customer?.name ?? ''),
        textColumn(t('orders.column.stage'), 10, ({ stage }) => t(`stage.${stage}`)),
        textColumn(t('orders.column.faultSymptom'), 32, ({ symptom }) => symptom),
      ],
      (after) => {
        const { promises, next } = readPromises(db, filter, { now, dayEnds }, TABLE_PAGE, after)
        return { rows: promises, next }
      },
    )
  },
})
