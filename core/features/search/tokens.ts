import { runsOf, signsOf, type Run } from './characters.ts'
import { readingsOf, splitsOf } from './pinyin.ts'

/**
 * What stands in the index (docs/adr/0011): for Chinese, pairs of neighbouring signs and each sign; for codes and
 * words, their threes and their first one and two letters; for names, also how they sound. Marks of the private use
 * area keep the kinds apart; no text brings one along, for they are no letters.
 */
const START = '\uE000'
const SOUND = '\uE001'
const INITIAL = '\uE002'
const ID = { customer: '\uE003', machine: '\uE004', person: '\uE005' } as const
export type Named = keyof typeof ID
/** Length of the pieces of a code or word. */
const GRAM = 3
const NOTES_LENGTH = 20_000
const CACHED_SOUNDS = 5000

/** An id as one token: its own punctuation would part it. */
export const idToken = (of: Named, id: string): string =>
  ID[of] + id.replace(/[^A-Za-z0-9]/g, (sign) => String.fromCharCode(0xe100 + (sign.charCodeAt(0) & 0xff)))

/** Gathers the tokens of one subject, in the order of their places. */
export class Tokens {
  readonly #tokens: string[] = []
  readonly #signs = new Set<string>()

  /** A text of any language. */
  text(value: string | null | undefined): this {
    if (!value) return this
    for (const run of runsOf(value.slice(0, NOTES_LENGTH))) this.#run(run)
    return this
  }

  /** A name: also by pinyin, in full and by its first letters. */
  name(value: string | null | undefined): this {
    if (!value) return this
    this.text(value)
    for (const run of runsOf(value)) {
      if (run.kind === 'sign') this.#tokens.push(...soundsOf(signsOf(run).join(''), 'name'))
    }
    return this
  }

  /** A short text that somebody may ask for by its sound. */
  spoken(value: string | null | undefined): this {
    if (!value) return this
    this.text(value)
    for (const run of runsOf(value)) {
      if (run.kind === 'sign') this.#tokens.push(...soundsOf(signsOf(run).join(''), 'words'))
    }
    return this
  }

  /** Another subject that this one belongs to: its words find this one too. */
  belongs(of: Named, id: string | null | undefined): this {
    if (id) this.#tokens.push(idToken(of, id))
    return this
  }

  #run(run: Run): void {
    const signs = signsOf(run)
    if (run.kind === 'sign') {
      for (let at = 0; at + 1 < signs.length; at++) this.#tokens.push(`${signs[at]}${signs[at + 1]}`)
      for (const sign of signs) this.#signs.add(sign)
      // The last sign alone parts this run from the next.
      this.#tokens.push(signs.at(-1) as string)
      return
    }
    for (const start of run.starts) {
      this.#tokens.push(START + signs[start])
      if (start + 1 < signs.length) this.#tokens.push(`${START}${signs[start]}${signs[start + 1]}`)
    }
    for (let at = 0; at + GRAM <= signs.length; at++) this.#tokens.push(signs.slice(at, at + GRAM).join(''))
  }

  toString(): string {
    return [...this.#tokens, ...this.#signs].join(' ')
  }
}

const sounds = new Map<string, readonly string[]>()

/** `name`: every reading and its first letters; `words`: the reading in context alone. */
function soundsOf(text: string, as: 'name' | 'words'): readonly string[] {
  const key = `${as} ${text}`
  let tokens = sounds.get(key)
  if (!tokens) {
    const readings = readingsOf([...text], as === 'name')
    tokens = readings.flatMap((reading) => (as === 'name' ? [...syllables(reading), ...initials(reading)] : syllables(reading)))
    if (sounds.size >= CACHED_SOUNDS) sounds.clear()
    sounds.set(key, tokens)
  }
  return tokens
}

const syllables = (reading: readonly string[]): string[] => reading.map((syllable) => SOUND + syllable)

function initials(reading: readonly string[]): string[] {
  const letters = reading.map((syllable) => String.fromCodePoint(syllable.codePointAt(0) ?? 0x20))
  const tokens = [`${INITIAL}${letters[0]}`]
  for (let at = 0; at + 2 <= letters.length; at++) tokens.push(`${INITIAL}${letters[at]}${letters[at + 1]}`)
  for (let at = 0; at + GRAM <= letters.length; at++) tokens.push(INITIAL + letters.slice(at, at + GRAM).join(''))
  return tokens
}

/** One thing that is asked for: all of them have to be found, each by whichever of its ways. */
export interface Term {
  readonly run: Run
  readonly signs: string
}

/** The most words of a question that are looked at. */
const MOST_TERMS = 12

export function termsOf(question: string): Term[] {
  const seen = new Set<string>()
  const terms: Term[] = []
  for (const run of runsOf(question)) {
    const signs = signsOf(run).join('')
    if (seen.has(signs) || terms.length === MOST_TERMS) continue
    seen.add(signs)
    terms.push({ run, signs })
  }
  return terms
}

/** FTS5 text of a phrase. Tokens hold neither quotes nor anything else that FTS5 would read as its own. */
const phrase = (tokens: readonly string[]): string => `"${tokens.join(' ')}"`

/** The term as it is written. */
export function writtenAs({ run }: Term): string {
  const signs = signsOf(run)
  if (run.kind === 'sign') {
    if (signs.length === 1) return phrase(signs)
    return phrase(signs.slice(0, -1).map((sign, at) => `${sign}${signs[at + 1]}`))
  }
  if (signs.length < GRAM) return phrase([START + signs.join('')])
  return phrase(Array.from({ length: signs.length - GRAM + 1 }, (_, at) => signs.slice(at, at + GRAM).join('')))
}

/** Whether a term can be pinyin at all. */
const isLetters = (signs: string): boolean => /^[a-z]+$/.test(signs)

/** The term as the first letters of a name. Empty: it is none. */
export function initialsOf({ signs }: Term): string[] {
  if (!isLetters(signs)) return []
  if (signs.length < GRAM) return [phrase([INITIAL + signs])]
  return [phrase(Array.from({ length: signs.length - GRAM + 1 }, (_, at) => INITIAL + signs.slice(at, at + GRAM)))]
}

/** The term as syllables, the last of which may be only begun. Empty: it is none. */
export function syllablesOf({ signs }: Term): string[] {
  if (!isLetters(signs) || signs.length < 2) return []
  return splitsOf(signs).map((split) => `${phrase(split.map((syllable) => SOUND + syllable))} *`)
}
