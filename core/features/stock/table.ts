import { stockTableInput } from '#shared/contract/stock.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { listTable, numberColumn, TABLE_PAGE, textColumn } from '../../kernel/listTable.ts'
import { table } from '../../kernel/table.ts'
import { listShelves } from './shelves.ts'

/** The list of parts and stock as it is looked through. */
export const stockTable = table({
  name: 'stock',
  permission: { action: 'read', subject: 'Stock' },
  input: stockTableInput,
  open(wanted, { db, language }) {
    const { t } = tableWords(language)
    return listTable(
      t('master.parts'),
      [
        textColumn(t('stock.part'), 16, ({ part }) => part),
        textColumn(t('masterField.name'), 30, ({ name }) => name),
        textColumn(t('stock.warehouse'), 12, ({ warehouse }) => warehouse),
        textColumn(t('stock.unit'), 8, ({ unit }) => unit),
        numberColumn(t('stock.onHand'), ({ onHand }) => onHand),
        numberColumn(t('stock.reserved'), ({ reserved }) => reserved),
        numberColumn(t('stock.available'), ({ available }) => available),
        numberColumn(t('stock.waiting'), ({ waitingOrders }) => waitingOrders),
        numberColumn(t('stock.missing'), ({ waitingPieces }) => waitingPieces),
      ],
      (after) => {
        const { stock, next } = listShelves(db, { ...wanted, after, limit: TABLE_PAGE })
        return { rows: stock, next }
      },
    )
  },
})
