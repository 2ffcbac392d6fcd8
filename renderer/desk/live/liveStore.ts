import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { CommandInput } from '#shared/contract/registry.ts'
import type { LiveState, LiveTask } from '#shared/contract/live.ts'
import { LIVE_STEPS, type LiveStep } from '#shared/domain/live/steps.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, query } from '../../api/client.ts'
import { useSession } from '../../app/session.ts'

const LOOK_EVERY_MS = 500
const PATIENCE_MS = 90_000
/** What of this browser's memory is about the person and not about the data. */
const KEPT = ['theme', 'language']

/** How far this desk is on its way to real orders; kept by the service center. */
export const useLive = defineStore('live', () => {
  const session = useSession()
  const state = shallowRef<LiveState>()
  const tasks = shallowRef<readonly LiveTask[]>()
  const refusal = ref<Refusal>()
  const switching = ref(false)

  async function load(): Promise<void> {
    const [now, left] = await Promise.all([query('live.state', {}), query('live.tasks', {})])
    refusal.value = now.ok ? undefined : now.refusal
    if (now.ok) state.value = now.value
    if (left.ok) tasks.value = left.value.tasks
  }

  async function visit(step: LiveStep): Promise<void> {
    if (!state.value) return
    state.value = { ...state.value, step, visited: [...new Set([...state.value.visited, step])] }
    await command('live.visit', { step })
  }

  async function finish(): Promise<void> {
    await command('live.finish', {})
    await load()
  }

  /** What the facts say of each step; the first and the last are answered elsewhere. */
  const isDone = computed(() => {
    const done = (id: LiveTask['id']): boolean => tasks.value?.find((task) => task.id === id)?.done ?? false
    const counts = state.value?.counts
    const isReal = state.value?.mode === 'real'
    return {
      choose: isReal && (state.value?.empty === false || state.value?.visited.includes('company') === true),
      company: isReal && done('companyName'),
      calendar: isReal && state.value?.visited.includes('calendar') === true && done('calendarYear'),
      people: isReal && done('secondAdmin') && done('rolesFilled') && done('passwords'),
      import: isReal && (counts?.customers ?? 0) > 0 && (counts?.machines ?? 0) > 0,
      tasks: tasks.value?.every((task) => task.done) ?? false,
    } satisfies Record<LiveStep, boolean>
  })

  /** Resolves where the desk has become another one and somebody is signed in there; the page is loaded anew then. */
  async function goReal(wish: CommandInput['live.goReal']): Promise<Refusal | undefined> {
    const answer = await command('live.goReal', wish)
    // Without an answer it may have been done all the same: the desk itself says so.
    if (!answer.ok && answer.refusal.code !== 'unreachable') return answer.refusal
    switching.value = true
    const changed = await until((demo) => !demo)
    if (changed) {
      forgetDesk()
      const refused = await session.enter(wish.admin.login, wish.admin.password)
      if (!refused) return begin('/live')
    }
    switching.value = false
    return { code: changed ? 'unauthenticated' : 'unreachable' }
  }

  async function goDemo(): Promise<Refusal | undefined> {
    const answer = await command('live.goDemo', {})
    if (!answer.ok) return answer.refusal
    switching.value = true
    const changed = await until((demo) => demo, async () => {
      const now = await query('live.state', {})
      if (now.ok) state.value = now.value
    })
    if (!changed) {
      switching.value = false
      return { code: 'unreachable' }
    }
    forgetDesk()
    return begin('/')
  }

  /** Asks until the desk is the one that is wanted. */
  async function until(wanted: (demo: boolean) => boolean, meanwhile?: () => Promise<void>): Promise<boolean> {
    const end = Date.now() + PATIENCE_MS
    while (Date.now() < end) {
      const hello = await session.greeting()
      if (hello.ok && wanted(hello.value.demo)) return true
      await meanwhile?.()
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
    return false
  }

  /** Nothing that this page holds of the other desk is of use any more. */
  function begin(path: string): undefined {
    history.replaceState(null, '', path)
    location.reload()
  }

  /** Drafts and views of the other desk, and its session, are nothing here. */
  function forgetDesk(): void {
    for (const name of Object.keys(localStorage)) if (!KEPT.includes(name)) localStorage.removeItem(name)
  }

  const next = (step: LiveStep): LiveStep | undefined => LIVE_STEPS[LIVE_STEPS.indexOf(step) + 1]
  const previous = (step: LiveStep): LiveStep | undefined => LIVE_STEPS[LIVE_STEPS.indexOf(step) - 1]
  return { state, tasks, refusal, switching, isDone, load, visit, finish, goReal, goDemo, next, previous }
})
