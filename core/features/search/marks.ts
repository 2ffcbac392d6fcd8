import type { MarkedText } from '#shared/contract/search.ts'
import { runsOf, signsOf, type Run } from './characters.ts'
import { readingsOf, splitsOf } from './pinyin.ts'
import type { Term } from './tokens.ts'

/** A text longer than this is shown as the piece around what matched. */
const SHOWN = 72
const BEFORE = 16

type Range = readonly [from: number, to: number]

/** The text, and what in it the terms matched, as written or by its sound. */
export function marked(text: string, terms: readonly Term[], byName = false): MarkedText {
  const ranges: Range[] = []
  const runs = runsOf(text)
  for (const term of terms) {
    const before = ranges.length
    for (const run of runs) if (run.kind === term.run.kind) ranges.push(...written(run, term))
    if (ranges.length > before || !/^[a-z]+$/.test(term.signs)) continue
    for (const run of runs) if (run.kind === 'sign') ranges.push(...sounding(run, term.signs, byName))
  }
  return { text, marks: joined(ranges) }
}

/** Cut to the piece around the first mark; the text as it is where it is short. */
export function shortened({ text, marks }: MarkedText): MarkedText {
  const [first] = marks
  if (text.length <= SHOWN || !first) return { text: text.length > SHOWN ? `${whole(text, 0, SHOWN)}…` : text, marks }
  const from = first[0] <= BEFORE ? 0 : boundary(text, first[0] - BEFORE)
  const piece = whole(text, from, from + SHOWN)
  const head = from > 0 ? '…' : ''
  const tail = from + piece.length < text.length ? '…' : ''
  const shift = head.length - from
  return {
    text: head + piece + tail,
    marks: marks.flatMap(([start, end]): [number, number][] => {
      const to = Math.min(end, from + piece.length)
      return start < to ? [[start + shift, to + shift]] : []
    }),
  }
}

/** Not between the two halves of a sign. */
const boundary = (text: string, at: number): number => (/[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at)
const whole = (text: string, from: number, to: number): string => text.slice(from, boundary(text, Math.min(to, text.length)))

function written(run: Run, { signs }: Term): Range[] {
  const wanted = [...signs]
  const ranges: Range[] = []
  const { characters } = run
  for (let at = 0; at + wanted.length <= characters.length; at++) {
    // One or two letters are looked for where a word begins.
    if (run.kind === 'word' && wanted.length < 3 && !run.starts.includes(at)) continue
    if (wanted.every((sign, index) => characters[at + index]?.sign === sign)) ranges.push(rangeOf(run, at, at + wanted.length))
  }
  return ranges
}

function sounding(run: Run, letters: string, byName: boolean): Range[] {
  for (const reading of readingsOf(signsOf(run), byName)) {
    const range = byName ? initialsIn(reading, letters) ?? syllablesIn(reading, letters) : syllablesIn(reading, letters)
    if (range) return [rangeOf(run, ...range)]
  }
  return []
}

function initialsIn(reading: readonly string[], letters: string): [number, number] | undefined {
  const at = reading.map((syllable) => syllable[0] ?? ' ').join('').indexOf(letters)
  return at < 0 || (letters.length === 1 && at > 0) ? undefined : [at, at + letters.length]
}

function syllablesIn(reading: readonly string[], letters: string): [number, number] | undefined {
  for (const split of letters.length < 2 ? [] : splitsOf(letters)) {
    for (let at = 0; at + split.length <= reading.length; at++) {
      const fits = split.every((syllable, index) =>
        index === split.length - 1 ? reading[at + index]?.startsWith(syllable) : reading[at + index] === syllable,
      )
      if (fits) return [at, at + split.length]
    }
  }
  return undefined
}

const rangeOf = (run: Run, at: number, to: number): Range => [run.characters[at]?.from ?? 0, run.characters[to - 1]?.to ?? 0]

function joined(ranges: readonly Range[]): [number, number][] {
  const all: [number, number][] = []
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = all.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else all.push([from, to])
  }
  return all
}
