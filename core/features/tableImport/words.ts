import { TABLE_COLUMNS, type ChoiceName, type TableKind } from '#shared/domain/tableImport/kinds.ts'
import { headingKey, type ColumnWords } from '#shared/domain/tableImport/match.ts'
import { nameKey } from '#shared/domain/tableImport/normal.ts'
import { tableChoices } from '#shared/i18n/tableChoices.ts'
import { tableColumns } from '#shared/i18n/tableColumns.ts'

/** The words that the columns of a kind go by, those of the template first. */
export function columnWords(kind: TableKind): ColumnWords {
  return Object.fromEntries(
    TABLE_COLUMNS[kind].map(({ id }) => {
      const names = tableColumns[kind][id]
      return [id, names ? [names['zh-CN'], names.en, ...names.also] : [id]]
    }),
  )
}

export const headingKeys = (kind: TableKind): string[] => Object.values(columnWords(kind)).flat().map(headingKey)

const byWord = new Map(
  Object.entries(tableChoices).map(([name, values]) => [
    name,
    new Map(Object.entries(values).flatMap(([value, words]) => [value, ...words].map((word) => [nameKey(word), value] as const))),
  ]),
)

/** The value that a word of either language stands for. */
export const choiceOf = (name: ChoiceName, word: string): string | undefined => byWord.get(name)?.get(nameKey(word))

/** The plain word of each value, for who wrote another one. */
export const wordsOf = (name: ChoiceName): string =>
  Object.values(tableChoices[name])
    .map((words) => words[0])
    .join('、')
