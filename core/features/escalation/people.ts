import type { People, Person } from '#shared/domain/workOrder/called.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'

interface PersonRow {
  readonly id: string
  readonly disabled: number
  readonly absent_from: number | null
  readonly absent_to: number | null
  readonly deputy: string | null
}

const COLUMNS = 'id, disabled, absent_from, absent_to, deputy'

/** The users of this desk, as rows. */
export function peopleOf(db: ReadableDb): People {
  return {
    withRole: (role) =>
      all<PersonRow>(
        db,
        `SELECT ${COLUMNS} FROM user_account WHERE disabled = 0 AND instr(roles, ?) > 0 ORDER BY id`,
        `"${role}"`,
      ).map(asPerson),
    byId(id) {
      const row = one<PersonRow>(db, `SELECT ${COLUMNS} FROM user_account WHERE id = ?`, id)
      return row && asPerson(row)
    },
  }
}

function asPerson(row: PersonRow): Person {
  const { absent_from: from, absent_to: to, deputy } = row
  return { id: row.id, disabled: row.disabled === 1, absence: from === null || to === null ? null : { from, to, deputy } }
}
