import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { paperOf } from '#core/features/report/paper.ts'
import { renderPaper } from '#core/output/paper/render.ts'
import type { Paper } from '#shared/contract/paper.ts'
import type { ReportContent } from '#shared/contract/report.ts'
import { percentile, round, type BenchResult } from './support.ts'

const NOW = Date.UTC(2026, 10, 20, 2, 30)
const HOUR = 3_600_000
const ROUNDS = 7
const ORDERS = 60

/** (r) The daily report of a bad morning, laid out as a PDF, beside the same words written one under the other. */
export async function reportBench(): Promise<BenchResult> {
  const paper = paperOf(content(), 'zh-CN')
  const words = wordsOf(paper)
  const times = { report: [] as number[], bare: [] as number[] }
  let bytes = 0
  for (let round = 0; round <= ROUNDS; round++) {
    const begun = performance.now()
    bytes = (await renderPaper(paper)).length
    const laid = performance.now()
    await bare(words)
    // The first time reads the fonts from the disk.
    if (round === 0) continue
    times.report.push(laid - begun)
    times.bare.push(performance.now() - laid)
  }
  const ms = percentile(times.report, 0.5)
  return {
    name: 'r. daily report',
    of: `the report of ${ORDERS} escalated and 40 threatened orders ÷ bare pdfkit writing the same words, median`,
    ratio: round(ms / percentile(times.bare, 0.5)),
    bound: { most: 2 },
    seen: { 'report ms': round(ms), 'bare ms': round(percentile(times.bare, 0.5)), bytes, texts: words.length },
  }
}

const fontOf = (name: string): string => createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${name}.ttf`)

function bare(words: readonly string[]): Promise<void> {
  const doc = new PDFDocument({ size: 'A4' })
  const done = new Promise<void>((resolve) => doc.on('end', resolve))
  doc.on('data', () => undefined)
  doc.registerFont('strong', fontOf('600SemiBold/NotoSansSC_600SemiBold'))
  doc.font('strong').fontSize(17).text(words[0] ?? '')
  doc.registerFont('regular', fontOf('400Regular/NotoSansSC_400Regular')).font('regular').fontSize(8.5)
  for (const text of words.slice(1)) doc.text(text)
  doc.end()
  return done
}

function wordsOf({ title, head, lines, blocks, foot }: Paper): string[] {
  const told = blocks.flatMap((block): string[] => {
    if (block.kind === 'figures') return block.figures.flatMap(({ label, value }) => [label, value])
    if (block.kind !== 'table') return [block.text]
    const rows = block.rows.flatMap(({ cells, note }) => [...cells.flatMap(({ text, under }) => [text, under ?? '']), note ?? ''])
    return [...block.columns.map((column) => column.title), ...rows]
  })
  return [title, head, ...lines, ...told, ...foot].filter((text) => text !== '')
}

function content(): ReportContent {
  const order = (n: number) => ({
    order: `o${n}`,
    number: `A-261119-${String(n).padStart(3, '0')}`,
    customer: `苏州第${n}精密制造（中国）有限公司`,
    model: 'BR-VS6000',
    serial: `VS6K-2503${String(n).padStart(4, '0')}`,
    symptom: '触摸无响应',
    stage: 'diagnosis' as const,
    owner: `郭秋月${n % 7}`,
  })
  const why = { start: NOW - 30 * HOUR, limitMs: 2 * HOUR, clock: 'wall' as const, calendar: null, closedMs: 0, pausedMs: 0, dueAt: NOW - 28 * HOUR }
  const expected = { at: NOW + HOUR, p80: NOW + 2 * HOUR, mean: NOW + HOUR, orders: 44, likeness: 'symptom' as const, beyond: false, part: null }
  const open = Array.from({ length: ORDERS }, (_, n) => ({
    ...order(n),
    timer: 'diagnosis',
    enteredAt: why.start,
    reportedAt: NOW - 26 * HOUR,
    fresh: n % 3 === 0,
    levels: 2,
    called: ['韩志远', '张军', '顾建国'],
    nextStep: null,
    nextStepKey: null,
    promiseBy: null,
    frozen: false,
    why,
    expected,
  }))
  return {
    number: 'UW-20261120-1',
    day: '2026-11-20',
    madeAt: NOW,
    madeBy: { id: 'scheduler', name: 'scheduler' },
    company: '闭环精密',
    zone: 'Asia/Shanghai',
    since: NOW - 24 * HOUR,
    open,
    resolved: Array.from({ length: 20 }, (_, n) => ({ ...order(200 + n), reportedAt: NOW - 30 * HOUR, leftAt: NOW - n * HOUR, to: 'partsLock' as const })),
    holders: Array.from({ length: 7 }, (_, n) => ({ name: `郭秋月${n}`, orders: 9, fresh: 3, longestMs: 30 * HOUR, numbers: open.slice(n, n + 9).map(({ number }) => number) })),
    threatened: Array.from({ length: 40 }, (_, n) => ({ ...order(100 + n), clock: 'customer' as const, segment: 'execution' as const, due: NOW + n * HOUR / 8, chance: 0.99 - n / 100 })),
    limitsToday: 55,
    unknown: 0,
    leftOut: { open: 0, threatened: 0 },
    heads: [{ origin: 'A-3T3yXoP3', seq: 5029, hash: 'BQsZ-lMvI8lBFu5ecJ9AJTF7C7HBIJ_VoT0B4TPKi4k' }],
  }
}
