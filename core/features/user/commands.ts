import * as contract from '#shared/contract/user.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import * as user from '#shared/domain/user/decide.ts'
import type { UserState } from '#shared/domain/user/fold.ts'
import { handler, type CommandContext, type HandlerResult } from '../../kernel/pipeline.ts'
import { listAccounts } from './accounts.ts'

export const userCommands = [
  handler(contract.addUser, (input, context) =>
    answer(user.decideAdd(context.load('user', input.login).state, input), { id: input.login }),
  ),
  handler(contract.changeRoles, (input, context) =>
    change(input, context, (state) => user.decideRoles(state, input.roles, others(context, input.user))),
  ),
  handler(contract.renameUser, (input, context) =>
    change(input, context, (state) => user.decideRename(state, input.displayName)),
  ),
  handler(contract.changeProfile, (input, context) =>
    change(input, context, (state) => user.decideProfile(state, input)),
  ),
  handler(contract.disableUser, (input, context) =>
    change(input, context, (state) => user.decideDisable(state, input.reason, others(context, input.user))),
  ),
  handler(contract.enableUser, (input, context) => change(input, context, user.decideEnable)),
  handler(contract.setAbsence, (input, context) =>
    change(input, context, (state) =>
      user.decideAbsence(
        state,
        input,
        input.deputy === null ? null : context.load('user', input.deputy).state,
      ),
    ),
  ),
  handler(contract.endAbsence, (input, context) => change(input, context, user.decideEndAbsence)),
  handler(contract.notePassword, (input, context) =>
    answer(user.decideNotePassword(context.load('user', input.user).state, input.by), {}),
  ),
]

function change(
  input: { user: string; base?: string | undefined },
  context: CommandContext,
  decide: (state: UserState) => Result<readonly EventDraft[]>,
): HandlerResult<object> {
  const loaded = context.load('user', input.user)
  if (input.base !== undefined && loaded.last && loaded.last.id !== input.base) return refuse('stale', 'base')
  return answer(decide(loaded.state), {})
}

function answer(decided: Result<readonly EventDraft[]>, reply: object): HandlerResult<object> {
  return decided.ok ? accept({ events: decided.value, answer: reply }) : decided
}

function others(context: CommandContext, id: string): user.Others {
  const admins = listAccounts(context.db).filter(
    (account) => account.id !== id && !account.disabled && account.roles.includes('admin'),
  )
  return { admins: admins.length }
}
