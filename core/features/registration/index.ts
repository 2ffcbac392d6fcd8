import { pinyin } from 'pinyin-pro'
import { usualSymptoms } from '#shared/contract/registration.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { all } from '../../store/sql.ts'

/** So many of the last orders tell what is usual. */
const LOOKED_AT = 1000
const SAME_MODEL = 5
const LATELY = `
  SELECT symptom, fault_category AS category, model FROM work_order ORDER BY first_contact_at DESC, id DESC LIMIT ${LOOKED_AT}`

interface Usual {
  readonly id: string
  readonly symptom: string
  readonly category: string
  count: number
  weight: number
}

/** Letters by which a symptom is asked for: the first ones of its syllables, and all of them. */
const spoken = new Map<string, { readonly initials: string; readonly whole: string }>()
const MOST_KNOWN = 5000
function spokenOf(symptom: string): { readonly initials: string; readonly whole: string } {
  let known = spoken.get(symptom)
  if (!known) {
    const syllables = pinyin(symptom, { toneType: 'none', type: 'array', v: true })
    known = { initials: syllables.map((syllable) => syllable[0] ?? '').join('').toLowerCase(), whole: syllables.join('').toLowerCase() }
    if (spoken.size >= MOST_KNOWN) spoken.clear()
    spoken.set(symptom, known)
  }
  return known
}

export const registration: Feature = {
  name: 'registration',
  commands: [],
  queries: [
    query(usualSymptoms, ({ model, text, limit }, { db }) => {
      const usual = new Map<string, Usual>()
      for (const row of all<{ symptom: string; category: string; model: string }>(db, LATELY)) {
        if (row.symptom === '') continue
        let known = usual.get(row.symptom)
        if (!known) usual.set(row.symptom, (known = { id: row.symptom, symptom: row.symptom, category: row.category, count: 0, weight: 0 }))
        known.count += 1
        known.weight += model !== '' && row.model === model ? SAME_MODEL : 1
      }
      const asked = text.toLowerCase().replaceAll(/\s/g, '')
      const isMeant = ({ symptom }: Usual): boolean => {
        if (asked === '' || symptom.toLowerCase().includes(asked)) return true
        if (!/^[a-z]+$/.test(asked)) return false
        const { initials, whole } = spokenOf(symptom)
        return initials.includes(asked) || whole.startsWith(asked)
      }
      const found = [...usual.values()].filter(isMeant).sort((a, b) => b.weight - a.weight || (a.symptom < b.symptom ? -1 : 1))
      return { symptoms: found.slice(0, limit).map(({ id, symptom, category, count }) => ({ id, symptom, category, count })) }
    }),
  ],
  projections: [],
}
