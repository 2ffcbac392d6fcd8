import { customerTableInput, type CustomerRow } from '#shared/contract/customer.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { columnsOf, listTable, TABLE_PAGE } from '../../kernel/listTable.ts'
import { table } from '../../kernel/table.ts'
import { customersByName } from './list.ts'

/** The list of customers as it is looked through. */
export const customerTable = table({
  name: 'customers',
  permission: { action: 'read', subject: 'Customer' },
  input: customerTableInput,
  open(wanted, { db, language }) {
    const { t } = tableWords(language)
    const { text, number } = columnsOf<CustomerRow>()
    return listTable(
      t('master.customers'),
      [
        text(t('masterField.name'), ({ name }) => name, 30),
        text(t('masterField.contactName'), ({ contactName }) => contactName, 12),
        text(t('masterField.contactPhone'), ({ contactPhone }) => contactPhone, 18),
        text(t('masterField.address'), ({ address }) => address, 40),
        text(t('field.region'), ({ region }) => region, 12),
        number(t('master.machinesShort'), ({ machines }) => machines),
        number(t('master.openShort'), ({ openOrders }) => openOrders),
        text(t('master.state'), ({ provisional, active, mergedInto }) =>
          mergedInto ? t('master.merge.tag') : t(`showCustomers.${!active ? 'inactive' : provisional ? 'provisional' : 'active'}`), 10),
      ],
      (after) => customersByName(db, { ...wanted, after, limit: TABLE_PAGE }),
    )
  },
})
