import { customerTableInput } from '#shared/contract/customer.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { listTable, numberColumn, TABLE_PAGE, textColumn } from '../../kernel/listTable.ts'
import { table } from '../../kernel/table.ts'
import { customersByName } from './list.ts'

/** The list of customers as it is looked through. */
export const customerTable = table({
  name: 'customers',
  permission: { action: 'read', subject: 'Customer' },
  input: customerTableInput,
  open(wanted, { db, language }) {
    const { t } = tableWords(language)
    return listTable(
      t('master.customers'),
      [
        textColumn(t('masterField.name'), 30, ({ name }) => name),
        textColumn(t('masterField.contactName'), 12, ({ contactName }) => contactName),
        textColumn(t('masterField.contactPhone'), 18, ({ contactPhone }) => contactPhone),
        textColumn(t('masterField.address'), 40, ({ address }) => address),
        textColumn(t('field.region'), 12, ({ region }) => region),
        numberColumn(t('master.machinesShort'), ({ machines }) => machines),
        numberColumn(t('master.openShort'), ({ openOrders }) => openOrders),
        textColumn(t('master.state'), 10, ({ provisional, active, mergedInto }) =>
          mergedInto ? t('master.merge.tag') : t(`showCustomers.${!active ? 'inactive' : provisional ? 'provisional' : 'active'}`),
        ),
      ],
      (after) => customersByName(db, { ...wanted, after, limit: TABLE_PAGE }),
    )
  },
})
