import type { SearchHit } from '#shared/contract/search.ts'
import type { PermissionSubject } from '#shared/contract/define.ts'
import { all, type ReadableDb } from '../../store/sql.ts'
import { marked, shortened } from './marks.ts'
import { expressionOf } from './question.ts'
import { termsOf } from './tokens.ts'
import { findIds, type Searched } from './words.ts'

interface Group {
  readonly of: Exclude<Searched, 'order'>
  readonly reads: PermissionSubject
  /** Columns id, title, detail and code (what is typed to mean exactly this one) of the ids in ?. */
  readonly rows: string
  /** The title is a name, known by the first letters of its sound too. */
  readonly isName: boolean
}

const IN = 'IN (SELECT value FROM json_each(?))'
/** Filled pieces, a dot between them. */
const pieces = (...columns: string[]): string =>
  `concat_ws(' · ', ${columns.map((column) => `nullif(${column}, '')`).join(', ')})`

export const GROUPS = {
  customers: {
    of: 'customer',
    reads: 'Customer',
    isName: true,
    rows: `SELECT id, name AS title, name AS code, ${pieces('contact_name', 'contact_phone', 'address')} AS detail
      FROM customer WHERE id ${IN}`,
  },
  machines: {
    of: 'machine',
    reads: 'Equipment',
    isName: false,
    rows: `SELECT e.id, e.serial AS title, e.serial AS code, ${pieces('e.model', 'c.name', 'e.firmware', 'e.batch')} AS detail
      FROM equipment AS e LEFT JOIN customer AS c ON c.id = e.customer WHERE e.id ${IN}`,
  },
  parts: {
    of: 'part',
    reads: 'Stock',
    isName: true,
    rows: `SELECT id, name AS title, part AS code, ${pieces('part', 'warehouse', "on_hand - reserved || ' ' || unit")} AS detail
      FROM part_stock WHERE id ${IN}`,
  },
  people: {
    of: 'person',
    reads: 'User',
    isName: true,
    rows: `SELECT id, display_name AS title, login AS code, login AS detail FROM user_account WHERE disabled = 0 AND id ${IN}`,
  },
  contracts: {
    of: 'contract',
    reads: 'Contract',
    isName: false,
    rows: `SELECT k.id, k.number AS title, k.number AS code, ${pieces('c.name', "k.from_day || '–' || k.to_day", 'k.notes')} AS detail
      FROM service_contract AS k LEFT JOIN customer AS c ON c.id = k.customer WHERE k.id ${IN}`,
  },
  knownDefects: {
    of: 'defect',
    reads: 'KnownDefect',
    isName: true,
    rows: `SELECT id, title, title AS code, ${pieces('model', 'advice')} AS detail FROM known_defect WHERE id ${IN}`,
  },
  providers: {
    of: 'provider',
    reads: 'Provider',
    isName: true,
    rows: `SELECT p.id, p.name AS title, p.name AS code, coalesce(above.name, '') AS detail
      FROM service_provider AS p LEFT JOIN service_provider AS above ON above.id = p.parent WHERE p.id ${IN}`,
  },
} as const satisfies Record<string, Group>
export type GroupName = keyof typeof GROUPS

/** So many are put in order; of a word that more bear, it is the newest of them. */
const SORTED = 200

interface HitRow {
  id: string
  title: string
  code: string
  detail: string
}

/** What is meant exactly first, then what begins so, then by name. */
export function readGroup(db: ReadableDb, name: GroupName, question: string, limit: number): { hits: SearchHit[]; more: boolean } {
  const { of, rows, isName }: Group = GROUPS[name]
  const expression = expressionOf(db, of, question)
  if (expression === null) return { hits: [], more: false }
  const ids = findIds(db, of, expression, SORTED).map(({ id }) => id)
  if (ids.length === 0) return { hits: [], more: false }
  const wanted = question.trim().toLowerCase()
  const near = ({ title, code }: HitRow): number => {
    if (code.toLowerCase() === wanted || title.toLowerCase() === wanted) return 0
    return title.toLowerCase().startsWith(wanted) || code.toLowerCase().startsWith(wanted) ? 1 : 2
  }
  const found = all<HitRow>(db, rows, JSON.stringify(ids)).sort(
    (a, b) => near(a) - near(b) || (a.title < b.title ? -1 : a.title > b.title ? 1 : a.id < b.id ? -1 : 1),
  )
  const terms = termsOf(question)
  return {
    hits: found.slice(0, limit).map(({ id, title, detail }) => ({
      id,
      title: marked(title, terms, isName),
      detail: shortened(marked(detail, terms, true)),
    })),
    more: found.length > limit,
  }
}
