/** `word`: letters and digits that are spelt together; `sign`: Chinese and whatever else is read sign by sign. */
type Kind = 'word' | 'sign'

export interface Character {
  /** As it is compared: full width, case and accents do not tell. One code point. */
  readonly sign: string
  readonly kind: Kind
  /** Where it stands in the text as written, [from, to) in UTF-16 units. */
  readonly from: number
  readonly to: number
}

export interface Run {
  readonly kind: Kind
  readonly characters: readonly Character[]
  /** Where the pieces of a spelt-together run begin: `VS200-0117` has two. */
  readonly starts: readonly number[]
}

const SIGN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Extended_Pictographic}]/u
const WORD = /[\p{L}\p{N}]/u
const LATIN = /\p{Script=Latin}/u
/** What belongs to the sign before it: accents, joiners, variation selectors. */
const SILENT = /[\p{M}\p{Cf}]/u
/** These hold a number or a code together. */
const JOINS = new Set(['-', '_', '.', '/', '–', '−'])

const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
const isSmall = (code: number): boolean => code >= 0x61 && code <= 0x7a

/** The common signs without a look into Unicode's tables. */
function kindOf(sign: string): Kind | 'silent' | null {
  const code = sign.codePointAt(0) ?? 0
  if (isHan(code)) return 'sign'
  if (code < 128) return isDigit(code) || isSmall(code) ? 'word' : null
  if (SILENT.test(sign)) return 'silent'
  if (SIGN.test(sign)) return 'sign'
  return WORD.test(sign) ? 'word' : null
}

function folded(sign: string): string {
  const code = sign.codePointAt(0) ?? 0
  if (isHan(code) || isDigit(code) || isSmall(code)) return sign
  const compatible = sign.normalize('NFKC').toLowerCase()
  return LATIN.test(compatible) ? compatible.normalize('NFD').replace(/\p{M}/gu, '') : compatible
}

/** The runs of a text that can be searched for, whatever it is made of. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = []
  let characters: Character[] = []
  let starts: number[] = []
  let joined = false
  const end = (): void => {
    const [first] = characters
    if (first) runs.push({ kind: first.kind, characters, starts })
    characters = []
    starts = []
    joined = false
  }
  let from = 0
  for (const written of text) {
    const to = from + written.length
    for (const sign of folded(written)) {
      const kind = kindOf(sign)
      if (kind === 'silent') continue
      const last = characters.at(-1)
      if (kind === null) {
        // One joint inside a word; a second one, or one at its end, parts it.
        if (last?.kind === 'word' && !joined && JOINS.has(sign)) joined = true
        else end()
        continue
      }
      if (last && last.kind !== kind) end()
      if (characters.length === 0 || joined) starts.push(characters.length)
      joined = false
      characters.push({ sign, kind, from, to })
    }
    from = to
  }
  end()
  return runs
}

export const signsOf = (run: Run): string[] => run.characters.map(({ sign }) => sign)
