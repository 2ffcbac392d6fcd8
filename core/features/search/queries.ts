import { searchEverything, type SearchHit } from '#shared/contract/search.ts'
import { may } from '../../kernel/access.ts'
import { query, type QueryContext } from '../../kernel/feature.ts'
import { readSetting } from '../../store/settings.ts'
import { GROUPS, readGroup, type GroupName } from './groups.ts'
import { readOrderHits } from './orderHits.ts'
import { WORDS } from './words.ts'

export const searchQueries = [
  query(searchEverything, ({ text, limit }, context) => {
    const { db, now } = context
    const group = (name: GroupName): { hits: SearchHit[]; more: boolean } =>
      may(context.principal, { action: 'read', subject: GROUPS[name].reads })
        ? readGroup(db, name, text, limit)
        : { hits: [], more: false }
    return {
      now,
      complete: isComplete(context),
      orders: readOrderHits(db, text, limit),
      customers: group('customers'),
      machines: group('machines'),
      parts: group('parts'),
      people: group('people'),
      contracts: group('contracts'),
      knownDefects: group('knownDefects'),
      providers: group('providers'),
    }
  }),
]

/** While rows are being written anew, those of the index may be missing. */
function isComplete({ db }: QueryContext): boolean {
  const pending = readSetting<{ of: readonly string[] }>(db, 'rebuild')
  return pending === null || !Object.values(WORDS).some((table) => pending.of.some((name) => name.includes(table)))
}
