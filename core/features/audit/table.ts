import * as z from 'zod'
import { auditFilter, type AuditRow } from '#shared/contract/audit.ts'
import { eventChanges, eventQuote, eventSentence, type Words } from '#shared/i18n/eventWords.ts'
import { tableWords } from '#shared/i18n/tableWords.ts'
import { pagedRows, TABLE_PAGE } from '../../kernel/listTable.ts'
import { table } from '../../kernel/table.ts'
import type { Cell, TableColumn } from '../../output/table.ts'
import { readSetting } from '../setting/read.ts'
import { readAuditPage } from './list.ts'

const COLUMNS = {
  recordedAt: { kind: 'instant' },
  at: { kind: 'instant' },
  actor: { kind: 'text', width: 14 },
  kind: { kind: 'text', width: 12 },
  subject: { kind: 'text', width: 22 },
  what: { kind: 'text', width: 36 },
  changes: { kind: 'text', width: 48 },
  marks: { kind: 'text', width: 14 },
  origin: { kind: 'text', width: 16 },
  seq: { kind: 'number' },
  hash: { kind: 'text', width: 66 },
} as const satisfies Record<string, Omit<TableColumn, 'title'>>

/** The audit as it is filtered, newest first; what the reader may not see is not in the file either. */
export const auditTable = table({
  name: 'audit',
  permission: { action: 'read', subject: 'Audit' },
  input: z.strictObject({ filter: auditFilter.default({}) }),
  open({ filter }, context) {
    const names = new Map<string, string>()
    const zone = readSetting(context.db, 'company.timeZone')
    const words = tableWords(context.language, { nameOf: (id) => names.get(id) ?? id, zone })
    return {
      title: words.t('auditPage.sheet'),
      columns: Object.entries(COLUMNS).map(([name, shape]) => ({ title: words.t(`auditPage.column.${name}`), ...shape })),
      total: null,
      rows: pagedRows(
        (after) => {
          const page = readAuditPage(context.db, context.principal, { filter, limit: TABLE_PAGE, ...(after !== undefined && { after }) })
          for (const [id, name] of Object.entries(page.names)) names.set(id, name)
          return page
        },
        (row) => cellsOf(row, words),
      ),
    }
  },
})

function cellsOf(row: AuditRow, words: Words): Cell[] {
  const { t, te } = words
  const colon = t('auditPage.colon')
  const orEmpty = (text: string): string => (text === '' ? t('auditPage.empty') : text)
  const changes = eventChanges(row, words).map((change) => `${change.field}${colon}${orEmpty(change.old)} → ${orEmpty(change.new)}`)
  const marks = [
    ...(row.backdated ? [t('auditPage.backdated')] : []),
    ...(row.actor.kind === 'import' ? [t('auditPage.imported')] : []),
    ...(row.lost === null ? [] : [t('auditPage.conflict')]),
    ...(row.hidden ? [t('auditPage.hidden')] : row.personal === null ? [t('auditPage.erased')] : []),
  ]
  const quote = eventQuote(row)
  const cells: Record<keyof typeof COLUMNS, Cell> = {
    recordedAt: row.recordedAt,
    at: row.at,
    actor: row.actor.kind === 'user' ? row.actor.name : t(`auditPage.${row.actor.kind}`),
    kind: te(`subjectKind.${row.subject.kind}`) ? t(`subjectKind.${row.subject.kind}`) : row.subject.kind,
    subject: row.subject.label === 'default' ? '' : row.subject.label,
    what: [eventSentence(row, words), ...(quote === '' ? [] : [t('auditPage.quote', { text: quote })])].join(' '),
    changes: changes.join(t('list.sentence')),
    marks: marks.join(t('list.separator')),
    origin: row.origin,
    seq: row.seq,
    hash: row.hash,
  }
  return (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((name) => cells[name])
}
