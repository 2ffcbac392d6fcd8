import type { UserRow } from '#shared/contract/user.ts'
import type { Role } from '#shared/domain/user/fold.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'

interface Row {
  id: string
  login: string
  display_name: string
  roles: string
  disabled: number
  demo: number
  absent_from: number | null
  absent_to: number | null
  deputy: string | null
  phone: string
  skills: string
  team: string
  head: string
}

/** The head is read from the log: rows of a projection hold nothing but the folded state. */
const SELECT = `
  SELECT account.*, (
    SELECT event.id FROM event WHERE event.subject = 'user:' || account.id
    ORDER BY event.hlc DESC, event.origin DESC, event.seq DESC LIMIT 1) AS head
  FROM user_account AS account`

export function listAccounts(db: ReadableDb): UserRow[] {
  return all<Row>(db, `${SELECT} ORDER BY account.display_name, account.id`).map(account)
}

export function findAccount(db: ReadableDb, id: string): UserRow | undefined {
  const row = one<Row>(db, `${SELECT} WHERE account.id = ?`, id)
  return row && account(row)
}

function account(row: Row): UserRow {
  return {
    id: row.id,
    login: row.login,
    displayName: row.display_name,
    roles: JSON.parse(row.roles) as Role[],
    disabled: row.disabled === 1,
    demo: row.demo === 1,
    absence:
      row.absent_from === null || row.absent_to === null
        ? null
        : { from: row.absent_from, to: row.absent_to, deputy: row.deputy },
    phone: row.phone,
    skills: JSON.parse(row.skills) as string[],
    team: row.team,
    head: row.head,
  }
}
