import { contractTableInput, type ContractRow } from '#shared/contract/contract.ts'
import { standingOn } from '#shared/domain/contract/cover.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { columnsOf, listTable, TABLE_PAGE } from '../../kernel/listTable.ts'
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
    const { text, number, day } = columnsOf<ContractRow>()
    const today = dayAt(db, now)
    return listTable(
      t('master.contracts'),
      [
        text(t('masterField.number'), ({ number }) => number, 16),
        text(t('masterField.customer'), ({ customer }) => customer.name, 30),
        text(t('masterField.kind'), ({ kind }) => t(`contractKind.${kind}`), 12),
        day(t('masterField.from'), ({ from }) => from),
        day(t('masterField.to'), ({ to }) => to),
        text(t('master.state'), (row) => t(`contract.${standingOn(row, today)}`), 10),
        text(t('masterField.coverage'), ({ coverage }) => t(`coverage.${coverage}`), 12),
        text(t('masterField.machines'), ({ machines }) => (machines === null ? t('contract.allMachines') : String(machines)), 16),
        number(t('contract.responseHours'), ({ responseHours }) => responseHours),
        text(t('masterField.notes'), ({ notes }) => notes, 40),
      ],
      (after) => contractsByTerm(db, today, { ...wanted, after, limit: TABLE_PAGE }),
    )
  },
})
