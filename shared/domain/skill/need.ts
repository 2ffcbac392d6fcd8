import { LEVELS, type Level, type SkillNeed } from '../roster/types.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** Half-width, no spaces, no case: "ｐｌｃ" and "PLC" are one skill. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** "PLC-L3", "PLC 3级", "PLC（L2）": a level behind the name. */
const WITH_LEVEL = /^(.+?)[-·/(]?(?:l([1-3])|([1-3])级)\)?$/

/** Finds skills of the catalogue by how orders and tables name them: by name or id, a level behind it; 1 where none is said. */
export function skillFinder(catalogue: readonly Named[]): (text: string) => SkillNeed | null {
  const byName = new Map<string, string>()
  // Two desks may have registered the same name: the one whose id comes first, on each of them.
  for (const { id, name } of [...catalogue].sort((a, b) => (a.id < b.id ? 1 : -1))) byName.set(plain(name), id)
  for (const { id } of catalogue) if (!byName.has(plain(id))) byName.set(plain(id), id)
  return (text) => {
    const said = plain(text)
    const whole = byName.get(said)
    if (whole !== undefined) return { skill: whole, level: 1 }
    const [, name = '', l, grade] = WITH_LEVEL.exec(said) ?? []
    const skill = byName.get(name)
    return skill === undefined ? null : { skill, level: levelOf(l ?? grade) }
  }
}

export const levelOf = (text: string | undefined): Level => LEVELS.find((level) => String(level) === text) ?? 1
