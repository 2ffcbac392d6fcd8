import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { CommandInput, QueryOutput } from '#shared/contract/registry.ts'
import type { UserRow } from '#shared/contract/user.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, query } from '../../api/client.ts'
import { usePeople } from '../../app/people.ts'

export type Session = QueryOutput['session.list']['sessions'][number]
type Security = QueryOutput['session.security']['users'][number]
type UserCommand =
  | 'user.add'
  | 'user.rename'
  | 'user.changeRoles'
  | 'user.changeProfile'
  | 'user.disable'
  | 'user.enable'
  | 'user.setAbsence'
  | 'user.endAbsence'
  | 'session.setPassword'
  | 'session.unlock'
  | 'session.revoke'

/** Accounts as an administrator sees them: what the log says of them, and what this desk alone knows. */
export const useUsers = defineStore('users', () => {
  const users = ref<readonly UserRow[]>()
  const sessions = ref<readonly Session[]>([])
  const security = ref<readonly Security[]>([])
  const refusal = ref<Refusal>()

  async function load(): Promise<void> {
    const [list, open, secure] = await Promise.all([query('user.list', { disabled: true }), query('session.list', {}), query('session.security', {})])
    refusal.value = list.ok ? undefined : list.refusal
    if (list.ok) users.value = list.value.users
    if (open.ok) sessions.value = open.value.sessions
    if (secure.ok) security.value = secure.value.users
  }
  /** Does it and reads everything again; answers why not. */
  async function run<Name extends UserCommand>(name: Name, input: CommandInput[Name]): Promise<Refusal | undefined> {
    const answer = await command(name, input)
    if (!answer.ok) return answer.refusal
    await Promise.all([load(), usePeople().reload()])
    return undefined
  }
  const byId = computed(() => new Map(users.value?.map((user) => [user.id, user])))
  const sessionsOf = (id: string): Session[] => sessions.value.filter(({ user }) => user === id)
  const securityOf = (id: string): Security | undefined => security.value.find(({ user }) => user === id)
  return { users, refusal, byId, load, run, sessionsOf, securityOf }
})
