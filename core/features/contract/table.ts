import { contractTableInput } from '#shared/contract/contract.ts'
import { standingOn } from '#shared/domain/contract/cover.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { dayColumn, listTable, numberColumn, TABLE_PAGE, textColumn } from '../../kernel/listTable.ts'
import { table } from '../../kernel/table.ts'
import { dayAt } from '../today.ts'
import { contractsByTerm } from './list.ts'

/** The list of service contracts as it is looked through. */
export const contractTable = table({
  name: 'contracts',
  permission: { action: 'read', subject: 'Contract' },
  input: contractTableInput,
  open(wanted, { db, now, language }) {
    const { t } = tableWords(language)
    const today = dayAt(db, now)
    return listTable(
      t('master.contracts'),
      [
        textColumn(t('masterField.number'), 16, ({ number }) => number),
        textColumn(t('masterField.customer'), 30, ({ customer }) => customer.name),
        textColumn(t('masterField.kind'), 12, ({ kind }) => t(`contractKind.${kind}`)),
        dayColumn(t('masterField.from'), ({ from }) => from),
        dayColumn(t('masterField.to'), ({ to }) => to),
        textColumn(t('master.state'), 10, (row) => t(`contract.${standingOn(row, today)}`)),
        textColumn(t('masterField.coverage'), 12, ({ coverage }) => t(`coverage.${coverage}`)),
        textColumn(t('masterField.machines'), 16, ({ machines }) => (machines === null ? t('contract.allMachines') : String(machines))),
        numberColumn(t('contract.responseHours'), ({ responseHours }) => responseHours),
        textColumn(t('masterField.notes'), 40, ({ notes }) => notes),
      ],
      (after) => contractsByTerm(db, today, { ...wanted, after, limit: TABLE_PAGE }),
    )
  },
})
