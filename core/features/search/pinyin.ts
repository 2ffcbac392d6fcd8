import { pinyin, polyphonic } from 'pinyin-pro'

/** Names have few signs; what is longer is no name, and other readings of it would only make noise. */
const LONGEST_NAME = 24
const MOST_READINGS = 8

/** ü is typed v. */
const plain = (syllable: string): string => syllable.replaceAll('ü', 'v').toLowerCase()

/** The syllables of a run of Chinese signs as they are read there, one a sign; a sign without a reading is itself. */
function inContext(text: string, surname: 'head' | 'off'): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true, surname }).map(plain)
}

/**
 * The readings of a run by which somebody may ask for it: in context, as a person's name, and with each sign of
 * several sounds read otherwise (重庆 / 重量, 单 / 单).
 */
export function readingsOf(signs: readonly string[], everyReading = true): string[][] {
  const text = signs.join('')
  const first = inContext(text, 'off')
  // A sign outside the tables may be read as several, or none: without a sound a place, no ranges could be marked.
  if (first.length !== signs.length) return []
  const readings = [first]
  if (!everyReading || signs.length > LONGEST_NAME) return readings
  const add = (reading: string[]): void => {
    if (readings.length < MOST_READINGS && reading.length === signs.length && !readings.some((known) => known.join() === reading.join())) {
      readings.push(reading)
    }
  }
  add(inContext(text, 'head'))
  const others = polyphonic(text, { toneType: 'none', type: 'array', v: true }) as string[][]
  if (others.length === signs.length) {
    for (const [at, sounds] of others.entries()) {
      for (const sound of sounds) add(first.map((syllable, index) => (index === at ? plain(sound) : syllable)))
    }
  }
  return readings
}

const INITIALS = ['', 'b', 'p', 'm', 'f', 'd', 't', 'n', 'l', 'g', 'k', 'h', 'j', 'q', 'x', 'zh', 'ch', 'sh', 'r', 'z', 'c', 's', 'y', 'w']
const FINALS =
  'a o e i u v ai ei ui ao ou iu ie ve ue er an en in un ang eng ing ong ia iao ian iang iong ua uo uai uan uang n ng'.split(' ')
/** More than there are: a syllable that does not exist finds nothing. */
const SYLLABLES = new Set(INITIALS.flatMap((initial) => FINALS.map((final) => initial + final)))
const BEGINNINGS = new Set([...SYLLABLES].flatMap((syllable) => Array.from(syllable, (_, n) => syllable.slice(0, n + 1))))
const LONGEST = 6
const MOST_SPLITS = 6

/**
 * How letters may be read as syllables, the last one perhaps only begun: `xian` is 西安 and 先. None: they are no
 * pinyin.
 */
export function splitsOf(letters: string): string[][] {
  const found: string[][] = []
  const go = (from: number, before: readonly string[]): void => {
    if (found.length >= MOST_SPLITS) return
    const rest = letters.slice(from)
    if (rest.length <= LONGEST && BEGINNINGS.has(rest)) found.push([...before, rest])
    for (let size = Math.min(LONGEST, rest.length - 1); size > 0; size--) {
      const syllable = rest.slice(0, size)
      if (SYLLABLES.has(syllable) && !isBare(syllable)) go(from + size, [...before, syllable])
    }
  }
  go(0, [])
  return found
}

/** Consonants alone are a beginning, never a syllable inside a word. */
const isBare = (syllable: string): boolean => !/[aeiouv]/.test(syllable)
