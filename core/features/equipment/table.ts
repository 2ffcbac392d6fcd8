import { equipmentTableInput } from '#shared/contract/equipment.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { dayColumn, listTable, numberColumn, TABLE_PAGE, textColumn } from '../../kernel/listTable.ts'
import { table } from '../../kernel/table.ts'
import { dayAt } from '../today.ts'
import { machinesBySerial } from './list.ts'

/** The list of machines as it is looked through, with who pays on the day of the file. */
export const equipmentTable = table({
  name: 'machines',
  permission: { action: 'read', subject: 'Equipment' },
  input: equipmentTableInput,
  open(wanted, { db, now, language }) {
    const { t } = tableWords(language)
    const today = dayAt(db, now)
    return listTable(
      t('master.machines'),
      [
        textColumn(t('masterField.model'), 14, ({ model }) => model),
        textColumn(t('masterField.serial'), 18, ({ serial }) => serial),
        textColumn(t('masterField.customer'), 30, ({ customer }) => customer?.name ?? ''),
        textColumn(t('masterField.location'), 24, ({ location }) => location),
        textColumn(t('masterField.firmware'), 12, ({ firmware }) => firmware),
        textColumn(t('masterField.batch'), 12, ({ batch }) => batch),
        dayColumn(t('masterField.deliveredOn'), ({ deliveredOn }) => deliveredOn),
        dayColumn(t('masterField.warrantyUntil'), ({ warrantyUntil }) => warrantyUntil),
        textColumn(t('master.cover'), 12, ({ cover }) => t(`cover.${cover.state}`)),
        numberColumn(t('master.openShort'), ({ openOrders }) => openOrders),
        textColumn(t('master.state'), 10, ({ provisional, active }) => t(`showMachines.${!active ? 'inactive' : provisional ? 'provisional' : 'active'}`)),
      ],
      (after) => machinesBySerial(db, today, { ...wanted, after, limit: TABLE_PAGE }),
    )
  },
})
