import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import { useSession } from '../../app/session.ts'

export const STEPS = ['board', 'card', 'move', 'register', 'search'] as const
/** Ids of the people who have seen it on this machine; `*`: nobody needs it here (a machine that shows pictures). */
const SEEN = 'tourSeen'

/** The first-run tour: it comes by itself once for each person, and again whenever it is asked for. */
export const useTour = defineStore('tour', () => {
  const session = useSession()
  const index = ref<number>()
  const step = computed(() => (index.value === undefined ? undefined : STEPS[index.value]))

  const seen = (): string[] => (localStorage.getItem(SEEN) ?? '').split(' ').filter((id) => id !== '')
  const isNew = (): boolean => session.user !== undefined && !seen().some((id) => id === '*' || id === session.user?.id)

  function start(): void {
    index.value = 0
  }
  function go(by: 1 | -1): void {
    if (index.value === undefined) return
    const next = index.value + by
    if (next < STEPS.length) index.value = Math.max(0, next)
    else end()
  }
  /** Whether to its last step or not: it does not come again by itself. */
  function end(): void {
    index.value = undefined
    if (session.user && isNew()) localStorage.setItem(SEEN, [...seen(), session.user.id].join(' '))
  }
  return { index, step, isNew, start, go, end }
})
