import { stockTableInput, type StockLine } from '#shared/contract/stock.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { columnsOf, listTable, TABLE_PAGE } from '../../kernel/listTable.ts'
import { table } from '../../kernel/table.ts'
import { listShelves } from './shelves.ts'

/** The list of parts and stock as it is looked through. */
export const stockTable = table({
  name: 'stock',
  permission: { action: 'read', subject: 'Stock' },
  input: stockTableInput,
  open(wanted, { db, language }) {
    const { t } = tableWords(language)
    const { text, number } = columnsOf<StockLine>()
    return listTable(
      t('master.parts'),
      [
        text(t('stock.part'), ({ part }) => part, 16),
        text(t('masterField.name'), ({ name }) => name, 30),
        text(t('stock.warehouse'), ({ warehouse }) => warehouse, 12),
        text(t('stock.unit'), ({ unit }) => unit, 8),
        number(t('stock.onHand'), ({ onHand }) => onHand),
        number(t('stock.reserved'), ({ reserved }) => reserved),
        number(t('stock.available'), ({ available }) => available),
        number(t('stock.waiting'), ({ waitingOrders }) => waitingOrders),
        number(t('stock.missing'), ({ waitingPieces }) => waitingPieces),
      ],
      (after) => {
        const { stock, next } = listShelves(db, { ...wanted, after, limit: TABLE_PAGE })
        return { rows: stock, next }
      },
    )
  },
})
