import type { UserState } from '#shared/domain/user/fold.ts'
import type { Projection } from '../../kernel/subjects.ts'
import { run } from '../../store/sql.ts'

export const userProjection: Projection<UserState> = {
  kind: 'user',
  version: 3,
  tables: ['user_account'],
  write(db, id, before, after) {
    if (before?.exists) run(db, 'DELETE FROM user_account WHERE id = ?', id)
    if (!after.exists) return
    run(
      db,
      `INSERT INTO user_account (id, login, display_name, roles, disabled, demo, absent_from, absent_to, deputy,
         phone, skills, team)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
      id,
      after.login,
      after.displayName,
      JSON.stringify(after.roles),
      after.disabled ? 1 : 0,
      after.demo ? 1 : 0,
      after.absence?.from ?? null,
      after.absence?.to ?? null,
      after.absence?.deputy ?? null,
      after.phone,
      JSON.stringify(after.skills),
      after.team,
    )
  },
}
