import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One line of the table: a ratio to a floor or a peer measured in the same run, and the bound it has to keep. */
export interface BenchResult {
  readonly name: string
  /** What is divided by what. */
  readonly of: string
  readonly ratio: number
  /** `told`: a figure that nothing is held against. */
  readonly bound: { readonly least: number } | { readonly most: number } | 'told'
  /** What was seen besides: absolute figures of this machine, for the reader alone. */
  readonly seen: Readonly<Record<string, number | string>>
}

export function holds({ bound, ratio }: BenchResult): boolean {
  if (bound === 'told') return true
  return 'least' in bound ? ratio >= bound.least : ratio <= bound.most
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] as number
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

/** A folder on the disk that the benchmark measures; gone afterwards. `LOOPDESK_BENCH_DIR` chooses the disk. */
export async function inFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const parent = process.env['LOOPDESK_BENCH_DIR'] ?? tmpdir()
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'loopdesk-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function copyFolder(from: string, to: string): string {
  cpSync(from, to, { recursive: true })
  return to
}

export function keep(results: readonly BenchResult[], file: string): void {
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), node: process.version, results }, null, 2)}\n`)
}
