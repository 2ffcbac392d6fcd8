import type { Block, Paper } from '#shared/contract/paper.ts'
import type { PatternRecord } from '#shared/contract/pattern.ts'
import type { Condition, Fault } from '#shared/domain/pattern/traits.ts'
import { orderWordsEn } from '#shared/i18n/order.en.ts'
import { orderWordsZh } from '#shared/i18n/order.zh-CN.ts'
import { patternWordsEn } from '#shared/i18n/pattern.en.ts'
import { patternWordsZh } from '#shared/i18n/pattern.zh-CN.ts'
import { reportWordsEn } from '#shared/i18n/report.en.ts'
import { reportWordsZh } from '#shared/i18n/report.zh-CN.ts'
import type { Locale } from '#shared/i18n/refusalMessage.ts'
import { fill } from '#shared/i18n/fill.ts'
import { wallTimes } from '../../output/wallTime.ts'
import { currentAnchors } from '../../store/anchors.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'

const WORDS = {
  'zh-CN': { ...orderWordsZh, ...reportWordsZh, ...patternWordsZh },
  en: { ...orderWordsEn, ...reportWordsEn, ...patternWordsEn },
}
type Words = (typeof WORDS)[Locale]

const MOST_ORDERS = 400

/** With what ended it, where it is told by that. */
function faultWords({ level, category, symptom, solution }: Fault, { pattern }: Words): string {
  if (solution !== undefined) return fill(level === 'part' ? pattern.ended.part : pattern.ended.solution, { symptom, solution })
  return symptom === '' ? category : symptom
}
const conditionWords = ({ pattern }: Words, { trait, value, series }: Condition): string =>
  fill(series ? pattern.series : pattern.exact, { trait: pattern.trait[trait], value })
const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)}%`)

/** The sheet for R&D: what stands out, by how much, in which orders, and what became of it. */
export function patternPaper(db: ReadableDb, record: PatternRecord, language: Locale, now: number): Paper {
  const words = WORDS[language]
  const { pattern, report } = words
  const time = wallTimes(readSetting(db, 'company.timeZone'))
  const company = readSetting(db, 'company.name')
  const sums = record.months.reduce(
    (sum, month) => ({ with: sum.with + month.with, of: sum.of + month.of, restWith: sum.restWith + month.restWith, restOf: sum.restOf + month.restOf }),
    { with: 0, of: 0, restWith: 0, restOf: 0 },
  )
  const heads = currentAnchors(db, now, 'pattern').map(({ origin, seq, hash }) => `${origin} #${seq} ${hash}`)
  return {
    title: `${pattern.paper}\u3000${faultWords(record.fault, words)}`,
    head: company,
    lines: [
      fill(pattern.made, { name: record.sentBy, at: time.text(record.sentAt), from: record.from, to: record.to }),
      ...(record.note === '' ? [] : [record.note]),
    ],
    blocks: [
      {
        kind: 'finding',
        text: fill(pattern.finding, {
          conditions: record.conditions.map((each) => conditionWords(words, each)).join('、'),
          fault: faultWords(record.fault, words),
          rate: share(record.cases, record.orders),
          rest: share(sums.restWith, sums.restOf),
        }),
      },
      {
        kind: 'figures',
        figures: [
          { label: pattern.figure.cases, value: String(record.cases) },
          { label: pattern.figure.orders, value: String(record.orders) },
          { label: pattern.figure.rate, value: share(record.cases, record.orders) },
          { label: pattern.figure.rest, value: share(sums.restWith, sums.restOf) },
        ],
      },
      { kind: 'text', text: pattern.method },
      ...effectBlocks(words, record),
      { kind: 'heading', text: pattern.section.months },
      {
        kind: 'table',
        columns: [
          { title: pattern.column.month, share: 14 },
          { title: pattern.column.cases, share: 12, align: 'right' },
          { title: pattern.column.orders, share: 12, align: 'right' },
          { title: pattern.column.rate, share: 26, bar: true },
          { title: pattern.column.rest, share: 14, align: 'right' },
        ],
        rows: record.months.map((month) => ({
          cells: [
            { text: month.month },
            { text: String(month.with) },
            { text: String(month.of) },
            { text: share(month.with, month.of), part: month.of === 0 ? 0 : month.with / month.of },
            { text: share(month.restWith, month.restOf) },
          ],
        })),
      },
      ...solutionBlocks(words, record),
      { kind: 'heading', text: pattern.section.orders },
      { kind: 'text', text: record.caseOrders.slice(0, MOST_ORDERS).map(({ number }) => number).join('   ') },
    ],
    foot: [fill(report.heads, { heads: heads.join('  ') })],
    page: report.page,
    about: { author: company || pattern.paper, madeAt: now },
  }
}

function effectBlocks({ pattern }: Words, { effect, fixedOn, words }: PatternRecord): Block[] {
  if (!effect) return []
  const { before, after, p } = effect
  const text = fill(pattern.effect, { on: fixedOn ?? '', what: words, before: share(before.with, before.of), after: share(after.with, after.of), n: after.of, p: p.toPrecision(2) })
  return [{ kind: 'text', text }]
}

function solutionBlocks({ pattern }: Words, { solutions }: PatternRecord): Block[] {
  if (solutions.length === 0) return []
  return [
    { kind: 'heading', text: pattern.section.solutions },
    {
      kind: 'table',
      columns: [
        { title: pattern.column.solution, share: 62 },
        { title: pattern.column.orders, share: 14, align: 'right' },
        { title: pattern.column.again, share: 20, align: 'right' },
      ],
      rows: solutions.map(({ solution, orders, again }) => ({ cells: [{ text: solution }, { text: String(orders) }, { text: String(again) }] })),
    },
  ]
}

export const patternFileName = ({ fault, from, to }: PatternRecord, language: Locale): string =>
  `${fill(WORDS[language].pattern.file, { fault: faultWords(fault, WORDS[language]).replace(/[\\/:*?"<>|]/g, ' '), from, to })}.pdf`
