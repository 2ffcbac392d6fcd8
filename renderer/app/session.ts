import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { Action, PermissionSubject } from '#shared/contract/define.ts'
import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, goOn, keepsSession, onSessionLost, query, useToken } from '../api/client.ts'
import { lookingBack } from '../api/lookingBack.ts'

const TOKEN = 'session'

/** Who is signed in and what the screens may offer. The service center checks each permission again. */
export const useSession = defineStore('session', () => {
  const current = ref<QueryOutput['session.current']>()
  /** `lost`: there was a session and the work is still on the screen. */
  const state = ref<'unknown' | 'signedOut' | 'lost' | 'signedIn' | 'unreachable'>('unknown')
  const user = computed(() => current.value?.user)

  useToken(localStorage.getItem(TOKEN))
  onSessionLost(() => {
    if (state.value === 'signedIn') state.value = 'lost'
    return state.value === 'lost'
  })
  // Another window of this browser signed in or out: one browser, one person.
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== TOKEN || keepsSession) return
    useToken(newValue)
    if (newValue !== null) void adopt()
    else if (state.value === 'signedIn' || state.value === 'lost') forgetEverything()
  })

  async function adopt(): Promise<void> {
    const before = user.value?.id
    await resume()
    if (before !== undefined && user.value !== undefined && user.value.id !== before) return startAnew()
    if (state.value === 'signedIn') goOn()
  }
  /** What one person typed and saw is not for the next. */
  function startAnew(): void {
    sessionStorage.clear()
    location.reload()
  }
  function forgetEverything(): void {
    sessionStorage.clear()
    useToken(null)
    current.value = undefined
    state.value = 'signedOut'
  }

  async function resume(): Promise<void> {
    // The desktop program keeps the session itself; a browser without a token has none.
    if (!keepsSession && localStorage.getItem(TOKEN) === null) {
      state.value = 'signedOut'
      return
    }
    const answer = await query('session.current', {})
    if (answer.ok) {
      current.value = answer.value
      state.value = 'signedIn'
    } else state.value = answer.refusal.code === 'unreachable' ? 'unreachable' : 'signedOut'
  }

  async function enter(login: string, password: string): Promise<Refusal | undefined> {
    const answer = await command('session.signIn', { login, password })
    if (!answer.ok) return answer.refusal
    localStorage.setItem(TOKEN, answer.value.token)
    useToken(answer.value.token)
    // Another person's screen must not show through.
    const changedHands = state.value === 'lost' && user.value?.id !== answer.value.user.id
    if (changedHands) {
      startAnew()
      return undefined
    }
    await resume()
    goOn()
    return undefined
  }

  async function leave(): Promise<void> {
    await command('session.signOut', {})
    localStorage.removeItem(TOKEN)
    forgetEverything()
  }

  async function renewPassword(oldPassword: string, next: string): Promise<Refusal | undefined> {
    const answer = await command('session.changePassword', { current: oldPassword, next })
    if (!answer.ok) return answer.refusal
    await resume()
    return undefined
  }

  const greeting = () => query('session.welcome', {})
  /** Of the past nothing can be changed. */
  const may = (action: Action, subject: PermissionSubject): boolean =>
    (!lookingBack || action === 'read' || action === 'use') && (current.value?.allowed.includes(`${action}:${subject}`) ?? false)

  return { current, user, state, resume, enter, leave, renewPassword, greeting, may }
})
