import type { Block, Cell, Column, Paper } from '#shared/contract/paper.ts'
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

/** What every table tells of an order. */
type Told = Pick<ReportContent['resolved'][number], 'number' | 'customer' | 'stage' | 'model' | 'serial' | 'symptom'>

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
    const { madeAt } = this.#content
    return {
      kind: 'table',
      columns: this.#columns(['number', 15], ['customer', 31], ['stage', 12], ['owner', 11], ['since', 12, 'right'], ['over', 13, 'right']),
      rows: this.#content.open.map((order) => ({
        cells: [
          ...this.#order(order, order),
          this.#owner(order.owner),
          { text: spanWords(this.#words, madeAt - order.enteredAt) },
          { text: order.why.dueAt === null ? '' : spanWords(this.#words, madeAt - order.why.dueAt), strong: true },
        ],
        note: `${this.#why(order)}${this.#expected(order.expected)}`,
      })),
    }
  }

  #columns(...columns: readonly (readonly [name: keyof Words['report']['column'], share: number, align?: 'right'])[]): Column[] {
    const { column } = this.#words.report
    return columns.map(([name, share, align]) => ({ title: column[name], share, ...(align && { align }) }))
  }

  /** The first cells of an order in every table: its number, whose it is, where it stands. */
  #order(order: Told, { fresh = false, frozen = false }: { readonly fresh?: boolean; readonly frozen?: boolean } = {}): Cell[] {
    const { report, stage } = this.#words
    return [
      { text: order.number, strong: true, ...(fresh && { under: `● ${report.fresh}` }) },
      { text: order.customer ?? '', under: machine(order) },
      { text: stage[order.stage], ...(frozen && { under: report.frozen }) },
    ]
  }

  #owner(name: string | null): Cell {
    return { text: name ?? this.#words.report.nobody }
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
    const { report } = this.#words
    return {
      kind: 'table',
      columns: [
        ...this.#columns(['number', 15], ['customer', 31], ['stage', 12], ['owner', 11], ['limit', 13], ['due', 10, 'right']),
        { title: report.column.chance, share: 14, bar: true },
      ],
      rows: this.#content.threatened.map((order) => ({
        cells: [
          ...this.#order(order),
          this.#owner(order.owner),
          { text: report.segment[order.segment], under: report.clock[order.clock] },
          { text: this.#at(order.due).slice(-5) },
          { text: percent(order.chance), strong: true, part: order.chance },
        ],
      })),
    }
  }

  #holders(): Block {
    return {
      kind: 'table',
      columns: [
        ...this.#columns(['owner', 14], ['orders', 8, 'right']),
        { title: this.#words.report.fresh, share: 8, align: 'right' },
        ...this.#columns(['longest', 14, 'right'], ['numbers', 56]),
      ],
      rows: this.#content.holders.map((each) => ({
        cells: [
          { ...this.#owner(each.name), strong: true },
          { text: String(each.orders) },
          { text: String(each.fresh) },
          { text: spanWords(this.#words, each.longestMs) },
          { text: each.numbers.join('  ') },
        ],
      })),
    }
  }

  #resolved(): Block {
    const { report, stage } = this.#words
    return {
      kind: 'table',
      columns: this.#columns(['number', 15], ['customer', 33], ['stage', 12], ['to', 12], ['left', 16], ['lasted', 12, 'right']),
      rows: this.#content.resolved.map((order) => ({
        cells: [
          ...this.#order(order),
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
