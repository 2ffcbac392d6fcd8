import { listPermissions, listUsers } from '#shared/contract/user.ts'
import { ROLES } from '#shared/domain/user/fold.ts'
import { allowedTo } from '../../kernel/access.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { listAccounts } from './accounts.ts'
import { userCommands } from './commands.ts'
import { userProjection } from './projection.ts'

export const user: Feature = {
  name: 'user',
  commands: userCommands,
  queries: [
    query(listUsers, (input, { db }) => ({
      users: listAccounts(db).filter(
        (user) =>
          (input.disabled || !user.disabled) && (input.role === undefined || user.roles.includes(input.role)),
      ),
    })),
    query(listPermissions, () => ({ roles: ROLES.map((role) => ({ role, allowed: allowedTo(role) })) })),
  ],
  projections: [userProjection],
}
