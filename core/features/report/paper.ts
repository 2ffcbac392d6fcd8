import type { Block, Paper } from '#shared/contract/paper.ts'
import type { ReportContent } from '#shared/contract/report.ts'
import { orderWordsEn } from '#shared/i18n/order.en.ts'
import { orderWordsZh } from '#shared/i18n/order.zh-CN.ts'
import { reportWordsEn } from '#shared/i18n/report.en.ts'
import { reportWordsZh } from '#shared/i18n/report.zh-CN.ts'
import { fill } from '#shared/i18n/fill.ts'
import type { Locale } from '#shared/i18n/refusalMessage.ts'
import { wallTimes } from '../../output/wallTime.ts'

const WORDS = { 'zh-CN': { ...orderWordsZh, ...reportWordsZh }, en: { ...orderWordsEn, ...reportWordsEn } }
type Words = (typeof WORDS)[Locale]

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `2 时 15 分`, `3 天 4 时`; whole minutes. */
function spanWords({ report: { span } }: Words, ms: number): string {
  const size = Math.max(0, ms)
  if (size >= DAY) return fill(span.days, { d: Math.floor(size / DAY), h: Math.floor((size % DAY) / HOUR) })
  const m = Math.floor((size % HOUR) / MINUTE)
  return size >= HOUR ? fill(span.hours, { h: Math.floor(size / HOUR), m }) : fill(span.minutes, { m })
}

/** The sheet of a daily report. */
export function paperOf(content: ReportContent, language: Locale): Paper {
  const words = WORDS[language]
  const { report } = words
  const time = wallTimes(content.zone)
  const told = new Writer(content, words, time.text)
  const { id, name } = content.madeBy
  const by = id === 'scheduler' || id === 'local' ? report[id] : name
  return {
    title: `${report.title}\u3000${content.day}`,
    head: content.company,
    lines: [
      fill(report.made, { number: content.number, name: by, at: time.text(content.madeAt), zone: content.zone }),
      fill(report.scope, { since: time.text(content.since) }),
    ],
    blocks: told.blocks(),
    foot: [fill(report.heads, { heads: content.heads.map(({ origin, seq, hash }) => `${origin} #${seq} ${hash}`).join('  ') })],
    page: report.page,
    about: { author: content.company || report.title, madeAt: content.madeAt },
  }
}

export const reportFileName = (number: string, language: Locale): string => `${fill(WORDS[language].report.file, { number })}.pdf`

class Writer {
  readonly #content: ReportContent
  readonly #words: Words
  readonly #at: (at: number) => string

  constructor(content: ReportContent, words: Words, at: (at: number) => string) {
    this.#content = content
    this.#words = words
    this.#at = at
  }

  blocks(): Block[] {
    const { report } = this.#words
    const { open, resolved, threatened, limitsToday, leftOut, unknown } = this.#content
    const openAll = open.length + leftOut.open
    const threats = threatened.length + leftOut.threatened
    const fresh = open.filter((each) => each.fresh).length
    const first = openAll === 0 ? report.finding.none : fill(report.finding.some, { open: openAll, fresh, resolved: resolved.length })
    const rest = limitsToday === 0 ? report.finding.quiet : report.finding.calm
    const second = threats > 0 ? report.finding.threat : rest
    const more = (n: number): Block[] => (n === 0 ? [] : [{ kind: 'text', text: fill(report.note.leftOut, { n }) }])
    return [
      { kind: 'finding', text: `${first}${fill(second, { n: threats || limitsToday })}` },
      {
        kind: 'figures',
        figures: [
          { label: report.figure.open, value: String(openAll) },
          { label: report.figure.fresh, value: String(fresh) },
          { label: report.figure.resolved, value: String(resolved.length) },
          { label: report.figure.threatened, value: String(threats) },
          { label: report.figure.limits, value: String(limitsToday) },
        ],
      },
      { kind: 'heading', text: report.section.open, ...(open.length > 0 && { note: report.note.open }) },
      open.length === 0 ? { kind: 'text', text: report.empty.open } : this.#open(),
      ...more(leftOut.open),
      { kind: 'heading', text: report.section.threatened, note: fill(report.note.threatened, { unknown }) },
      threatened.length === 0 ? { kind: 'text', text: report.empty.threatened } : this.#threatened(),
      ...more(leftOut.threatened),
      ...(open.length === 0 ? [] : [{ kind: 'heading', text: report.section.holders } as const, this.#holders()]),
      { kind: 'heading', text: report.section.resolved },
      resolved.length === 0 ? { kind: 'text', text: report.empty.resolved } : this.#resolved(),
    ]
  }

  #open(): Block {
    const { report, stage } = this.#words
    const { column } = report
    const { madeAt } = this.#content
    return {
      kind: 'table',
      columns: [
        { title: column.number, share: 15 },
        { title: column.customer, share: 31 },
        { title: column.stage, share: 12 },
        { title: column.owner, share: 11 },
        { title: column.since, share: 12, align: 'right' },
        { title: column.over, share: 13, align: 'right' },
      ],
      rows: this.#content.open.map((order) => ({
        cells: [
          { text: order.number, strong: true, ...(order.fresh && { under: `● ${report.fresh}` }) },
          { text: order.customer ?? '', under: machine(order) },
          { text: stage[order.stage], ...(order.frozen && { under: report.frozen }) },
          { text: order.owner ?? report.nobody },
          { text: spanWords(this.#words, madeAt - order.enteredAt) },
          { text: order.why.dueAt === null ? '' : spanWords(this.#words, madeAt - order.why.dueAt), strong: true },
        ],
        note: `${this.#why(order)}${this.#expected(order.expected)}`,
      })),
    }
  }

  #why({ why, called }: ReportContent['open'][number]): string {
    const { why: words } = this.#words.report
    const span = (ms: number): string => spanWords(this.#words, ms)
    const start = fill(why.clock === 'wall' ? words.wall : words.working, {
      start: this.#at(why.start),
      limit: span(why.limitMs),
      calendar: why.calendar ?? '',
      closed: span(why.closedMs),
    })
    const held = why.pausedMs === 0 ? '' : fill(words.paused, { paused: span(why.pausedMs) })
    const due = why.dueAt === null ? words.held : fill(words.due, { due: this.#at(why.dueAt) })
    const names = called.length === 0 ? words.noneCalled : fill(words.called, { names: called.join('、') })
    return `${start}${held}${due}${names}`
  }

  #expected(expected: ReportContent['open'][number]['expected']): string {
    const { expected: words, likeness } = this.#words.report
    if (!expected) return words.none
    const part = expected.part ? fill(words.part, { at: this.#at(expected.part.at) }) : ''
    const at = fill(words.at, { at: this.#at(expected.at), p80: this.#at(expected.p80), likeness: likeness[expected.likeness], n: expected.orders })
    return `${part}${at}${expected.beyond ? words.beyond : ''}`
  }

  #threatened(): Block {
    const { report, stage } = this.#words
    const { column } = report
    return {
      kind: 'table',
      columns: [
        { title: column.number, share: 15 },
        { title: column.customer, share: 31 },
        { title: column.stage, share: 12 },
        { title: column.owner, share: 11 },
        { title: column.limit, share: 13 },
        { title: column.due, share: 10, align: 'right' },
        { title: column.chance, share: 14, bar: true },
      ],
      rows: this.#content.threatened.map((order) => ({
        cells: [
          { text: order.number, strong: true },
          { text: order.customer ?? '', under: machine(order) },
          { text: stage[order.stage] },
          { text: order.owner ?? report.nobody },
          { text: report.segment[order.segment], under: report.clock[order.clock] },
          { text: this.#at(order.due).slice(-5) },
          { text: percent(order.chance), strong: true, part: order.chance },
        ],
      })),
    }
  }

  #holders(): Block {
    const { report } = this.#words
    const { column } = report
    return {
      kind: 'table',
      columns: [
        { title: column.owner, share: 14 },
        { title: column.orders, share: 8, align: 'right' },
        { title: report.fresh, share: 8, align: 'right' },
        { title: column.longest, share: 14, align: 'right' },
        { title: column.numbers, share: 56 },
      ],
      rows: this.#content.holders.map(({ name, orders, fresh, longestMs, numbers }) => ({
        cells: [
          { text: name ?? report.nobody, strong: true },
          { text: String(orders) },
          { text: String(fresh) },
          { text: spanWords(this.#words, longestMs) },
          { text: numbers.join('  ') },
        ],
      })),
    }
  }

  #resolved(): Block {
    const { report, stage } = this.#words
    const { column } = report
    return {
      kind: 'table',
      columns: [
        { title: column.number, share: 15 },
        { title: column.customer, share: 33 },
        { title: column.stage, share: 12 },
        { title: column.to, share: 12 },
        { title: column.left, share: 16 },
        { title: column.lasted, share: 12, align: 'right' },
      ],
      rows: this.#content.resolved.map((order) => ({
        cells: [
          { text: order.number, strong: true },
          { text: order.customer ?? '', under: machine(order) },
          { text: stage[order.stage] },
          { text: order.to === 'cancelled' || order.to === 'merged' || order.to === 'closed' ? report.to[order.to] : stage[order.to] },
          { text: this.#at(order.leftAt) },
          { text: spanWords(this.#words, order.leftAt - order.reportedAt) },
        ],
      })),
    }
  }
}

/** Nothing that has not happened is certain. */
const percent = (chance: number): string => (chance > 0.99 ? '>99%' : `${Math.round(chance * 100)}%`)

const machine = ({ model, serial, symptom }: { model: string; serial: string; symptom: string }): string =>
  [model, serial, symptom].filter((part) => part !== '').join(' · ')
