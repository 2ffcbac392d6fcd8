import { equipmentTableInput, type EquipmentRow } from '#shared/contract/equipment.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { columnsOf, listTable, TABLE_PAGE } from '../../kernel/listTable.ts'
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
    const { text, number, day } = columnsOf<EquipmentRow>()
    const today = dayAt(db, now)
    return listTable(
      t('master.machines'),
      [
        text(t('masterField.model'), ({ model }) => model, 14),
        text(t('masterField.serial'), ({ serial }) => serial, 18),
        text(t('masterField.customer'), ({ customer }) => customer?.name ?? '', 30),
        text(t('masterField.location'), ({ location }) => location, 24),
        text(t('masterField.firmware'), ({ firmware }) => firmware, 12),
        text(t('masterField.batch'), ({ batch }) => batch, 12),
        day(t('masterField.deliveredOn'), ({ deliveredOn }) => deliveredOn),
        day(t('masterField.warrantyUntil'), ({ warrantyUntil }) => warrantyUntil),
        text(t('master.cover'), ({ cover }) => t(`cover.${cover.state}`), 12),
        number(t('master.openShort'), ({ openOrders }) => openOrders),
        text(t('master.state'), ({ provisional, active }) => t(`showMachines.${!active ? 'inactive' : provisional ? 'provisional' : 'active'}`), 10),
      ],
      (after) => machinesBySerial(db, today, { ...wanted, after, limit: TABLE_PAGE }),
    )
  },
})
