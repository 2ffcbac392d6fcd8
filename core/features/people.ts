import { one, type ReadableDb } from '../store/sql.ts'

export interface Person {
  readonly id: string
  readonly name: string
}

/** Names of users as they are now, each looked up once; an id nobody bears (an import's, the scheduler) names itself. */
export function peopleOf(db: ReadableDb): (id: string) => Person {
  const known = new Map<string, Person>()
  return (id) => {
    let person = known.get(id)
    if (!person) {
      const row = one<{ name: string }>(db, 'SELECT display_name AS name FROM user_account WHERE id = ?', id)
      known.set(id, (person = { id, name: row?.name ?? id }))
    }
    return person
  }
}
