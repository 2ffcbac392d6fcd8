import { readFileSync } from 'node:fs'
import { calendarSchema } from '#shared/domain/sla/calendar.ts'
import type { Calendar, ClockPiece } from '#shared/domain/sla/types.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export function resource(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../resources/${path}`, import.meta.url), 'utf8'))
}

export const office: Calendar = calendarSchema.parse(resource('calendars/china-office.json'))
export const always: Calendar = calendarSchema.parse(resource('calendars/always.json'))

/** Shanghai wall time to UTC ms: '2026-09-30 17:00'. */
export function shanghai(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}+08:00`)
}

export function calendarWith(change: Partial<Calendar>): Calendar {
  return { ...office, id: 'test', days: {}, ...change }
}

export function everyDay(...pieces: [string, string][]): Calendar['week'] {
  return { 1: pieces, 2: pieces, 3: pieces, 4: pieces, 5: pieces, 6: pieces, 7: pieces }
}

export function sumOf(pieces: readonly ClockPiece[], kind: ClockPiece['kind']): number {
  return pieces.reduce((sum, piece) => sum + (piece.kind === kind ? piece.to - piece.from : 0), 0)
}

/** True when the pieces fill [from, to) without gap, overlap or emptiness, and none merely goes on. */
export function fills(pieces: readonly ClockPiece[], from: number, to: number): boolean {
  let at = from
  for (const [i, piece] of pieces.entries()) {
    if (piece.from !== at || piece.to <= piece.from) return false
    const before = pieces[i - 1]
    if (before?.kind === piece.kind && before.reason === piece.reason && before.assumed === piece.assumed) {
      return false
    }
    at = piece.to
  }
  return at === to
}
