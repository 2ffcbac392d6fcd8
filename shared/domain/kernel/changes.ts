import { canonical } from './canonical.ts'

/** One field of a master record that a person changed: what it was, what it is. */
export interface Change<Field extends string, Value> {
  readonly field: Field
  readonly old: Value
  readonly new: Value
}

type Value = string | number | boolean | null | readonly string[] | readonly object[]

/** What an edit really changes; a field that it does not name stays. */
export function changesOf<Field extends string>(
  fields: readonly Field[],
  present: Readonly<Record<Field, Value>>,
  given: Readonly<Partial<Record<Field, Value | undefined>>>,
): Change<Field, Value>[] {
  return fields.flatMap((field) => {
    const value = given[field]
    if (value === undefined || isSame(present[field], value)) return []
    return [{ field, old: present[field], new: value }]
  })
}

/** The state with its changes in; what a newer desk changed besides is passed over by the reader of the state. */
export function withChanges<State extends object>(state: State, changes: readonly Change<string, unknown>[]): State {
  return { ...state, ...Object.fromEntries(changes.map((change) => [change.field, change.new])) }
}

const isSame = (a: Value, b: Value): boolean => a === b || canonical(a) === canonical(b)
