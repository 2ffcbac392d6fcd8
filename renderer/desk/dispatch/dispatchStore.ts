import { computed, ref, shallowRef, watch } from 'vue'
import { defineStore } from 'pinia'
import type { DispatchEngineer, Visit, WaitingOrder } from '#shared/contract/dispatch.ts'
import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { query, subscribe } from '../../api/client.ts'
import { useClock } from '../../app/clock.ts'
import { isStalePage } from '../../app/stalePage.ts'
import { useConnection } from '../../app/connection.ts'
import { dayAfter, dayAt, mondayOf } from './days.ts'

type Mode = 'day' | 'week'
type Timeline = QueryOutput['dispatch.day'] | QueryOutput['dispatch.week']

/** Changes that come close together are asked for once. */
const TOGETHER_MS = 250
const PAGE = 100

/** What the panel shows: a day or a week of engineers, the orders that wait, and which order is in hand. */
export const useDispatch = defineStore('dispatch', () => {
  const clock = useClock()
  const connection = useConnection()
  const mode = ref<Mode>('day')
  const day = ref(dayAt(clock.now))
  const text = ref('')
  const timeline = shallowRef<Timeline>()
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const refusal = ref<Refusal>()
  const waiting = shallowRef<readonly WaitingOrder[]>([])
  const waitingTotal = ref(0)
  const waitingText = ref('')
  const waitingState = ref<'loading' | 'ready' | 'failed'>('loading')
  const next = ref<string | null>(null)
  /** The order in hand. */
  const current = ref<string>()
  /** The engineer whose row the keyboard stands on. */
  const row = ref<string>()
  let generation = 0
  let waitingGeneration = 0
  let isFetching = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopListening: (() => void) | undefined

  const firstDay = computed(() => (mode.value === 'week' ? mondayOf(day.value) : day.value))
  const engineers = computed<readonly DispatchEngineer[]>(() => timeline.value?.engineers ?? [])
  const visits = computed(() => new Map((timeline.value?.visits ?? []).map((visit) => [visit.id, visit])))
  const visitsOf = (engineer: DispatchEngineer): Visit[] => engineer.visits.flatMap((id) => visits.value.get(id) ?? [])
  const visitOfOrder = (order: string | undefined): Visit | undefined => timeline.value?.visits.find((visit) => visit.order === order)
  const waitingOrder = (order: string | undefined): WaitingOrder | undefined => waiting.value.find((each) => each.order === order)

  async function load(): Promise<void> {
    const mine = ++generation
    const input = { day: firstDay.value, text: text.value }
    const answer = mode.value === 'week' ? await query('dispatch.week', input) : await query('dispatch.day', input)
    if (mine !== generation) return
    if (!answer.ok) {
      refusal.value = answer.refusal
      if (state.value !== 'ready') state.value = 'failed'
      return
    }
    clock.correct(answer.value.now)
    connection.fresh(answer.value.now)
    timeline.value = answer.value
    state.value = 'ready'
    refusal.value = undefined
  }

  async function loadWaiting(): Promise<void> {
    const mine = ++waitingGeneration
    isFetching = false
    const limit = Math.min(200, Math.max(PAGE, waiting.value.length))
    const answer = await query('dispatch.waiting', { text: waitingText.value, limit })
    if (mine !== waitingGeneration) return
    if (!answer.ok) {
      if (waitingState.value !== 'ready') waitingState.value = 'failed'
      return
    }
    waiting.value = answer.value.orders
    waitingTotal.value = answer.value.total
    next.value = answer.value.next
    waitingState.value = 'ready'
  }
  async function moreWaiting(): Promise<void> {
    if (isFetching || next.value === null) return
    isFetching = true
    const mine = waitingGeneration
    const answer = await query('dispatch.waiting', { text: waitingText.value, limit: PAGE, after: next.value })
    isFetching = false
    if (mine === waitingGeneration && isStalePage(answer)) return loadWaiting()
    if (!answer.ok || mine !== waitingGeneration) return
    const known = new Set(waiting.value.map(({ order }) => order))
    waiting.value = [...waiting.value, ...answer.value.orders.filter(({ order }) => !known.has(order))]
    next.value = answer.value.next
  }
  const refresh = async (): Promise<void> => {
    await Promise.all([load(), loadWaiting()])
  }
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void refresh()
    }, TOGETHER_MS)
  }

  function listen(): void {
    stopListening ??= subscribe(
      'dispatch',
      ({ now }) => {
        connection.fresh(now)
        soon()
      },
      (connected) => {
        connection.set(connected)
        if (connected) void refresh()
      },
    )
  }
  function stop(): void {
    stopListening?.()
    stopListening = undefined
    clearTimeout(timer)
    timer = undefined
  }

  watch([firstDay, mode], () => {
    // Another day is another picture; what is on the screen must not be taken for it.
    timeline.value = undefined
    state.value = 'loading'
    void load()
  })
  watch(text, () => void load())
  watch(waitingText, () => void loadWaiting())

  const go = (by: number): void => void (day.value = dayAfter(day.value, by * (mode.value === 'week' ? 7 : 1)))
  const toToday = (): void => void (day.value = dayAt(clock.now))

  return {
    mode, day, firstDay, text, timeline, state, refusal, waiting, waitingTotal, waitingText, waitingState, current, row,
    engineers, visits, visitsOf, visitOfOrder, waitingOrder, load, loadWaiting, moreWaiting, refresh, listen, stop, go, toToday,
  }
})
