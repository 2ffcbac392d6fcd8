interface Named {
  readonly id: string
  readonly name: string
}

/** The `@…` that the caret stands in; undefined where it stands in none. A name has no white space in it to type. */
export function mentionTyped(text: string, caret: number): { at: number; word: string } | undefined {
  const at = text.lastIndexOf('@', caret - 1)
  if (at < 0) return undefined
  const word = text.slice(at + 1, caret)
  // An address such as `wang@example.com` names no colleague.
  const before = text[at - 1]
  if (word.length > 20 || /\s/.test(word) || (before !== undefined && /[A-Za-z0-9._-]/.test(before))) return undefined
  return { at, word }
}

/** A text in pieces: plain ones, and those that name somebody. */
export function mentionPieces(text: string, people: readonly Named[], picked: ReadonlyMap<string, string> = new Map()): { text: string; id: string | null }[] {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length)
  const pieces: { text: string; id: string | null }[] = []
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at < from) continue
    const person = byLength.find(({ name }) => name !== '' && text.startsWith(name, at + 1))
    if (!person) continue
    if (at > from) pieces.push({ text: text.slice(from, at), id: null })
    from = at + 1 + person.name.length
    pieces.push({ text: text.slice(at, from), id: picked.get(person.name) ?? person.id })
  }
  if (from < text.length) pieces.push({ text: text.slice(from), id: null })
  return pieces
}

/** Whom a text names, each once; `picked` tells colleagues of one name apart. */
export const mentionsIn = (text: string, people: readonly Named[], picked: ReadonlyMap<string, string>): string[] => [
  ...new Set(mentionPieces(text, people, picked).flatMap(({ id }) => id ?? [])),
]
