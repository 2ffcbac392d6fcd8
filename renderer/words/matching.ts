import { shallowRef } from 'vue'

type PinyinMatch = (text: string, typed: string) => boolean
/** Its table of sounds is large: it is fetched when somebody begins to search. */
const byPinyin = shallowRef<PinyinMatch>()

export async function learnPinyin(): Promise<void> {
  if (byPinyin.value) return
  const { match } = await import('pinyin-pro')
  byPinyin.value = (text, typed) => match(text, typed, { precision: 'start', continuous: true }) !== null
}

/** How well words fit what was typed: 0 from their beginning, 1 within, 2 by their sounds; undefined: not at all. */
export function fit(words: readonly string[], typed: string): number | undefined {
  const wanted = typed.toLowerCase()
  const at = words.map((word) => word.toLowerCase().indexOf(wanted)).filter((index) => index >= 0)
  if (at.length > 0) return at.includes(0) ? 0 : 1
  const sounds = wanted.replace(/[\s']/g, '')
  if (!/^[a-z]+$/.test(sounds)) return undefined
  return words.some((word) => byPinyin.value?.(word, sounds)) ? 2 : undefined
}
