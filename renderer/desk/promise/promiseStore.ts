import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { defineStore } from 'pinia'
import { NONE, type Card } from '#shared/contract/board.ts'
import { DUES, type Due, type PromiseFilter } from '#shared/contract/promise.ts'
import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { query, subscribe } from '../../api/client.ts'
import { useClock } from '../../app/clock.ts'
import { useConnection } from '../../app/connection.ts'
import { isStalePage } from '../../app/stalePage.ts'

const PAGE = 60
const MOST_AT_ONCE = 200
/** Counts are asked for again at most so often while orders change. */
const COUNT_EVERY_MS = 800

/** A line of the list: where a group begins, or the promise of an order. */
export type Line = { readonly kind: 'head'; readonly id: string; readonly due: Due } | { readonly kind: 'row'; readonly id: string; readonly card: Card }

/** Open orders by when their promise breaks: pages from the service center, then each change as it comes. */
export const usePromises = defineStore('promises', () => {
  const clock = useClock()
  const connection = useConnection()
  const filter = ref<PromiseFilter>({})
  const cards = shallowRef<readonly Card[]>([])
  const next = ref<string | null>(null)
  const counts = ref<QueryOutput['promise.counts']>()
  const dayEnds = ref(Infinity)
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const refusal = ref<Refusal>()
  const current = ref<string>()
  const marked = reactive(new Set<string>())
  let isFetching = false
  let generation = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopListening: (() => void) | undefined

  const isFiltered = computed(() => Object.values(filter.value).some((value) => value !== undefined))
  const dueOf = ({ promiseBy }: Card): Due =>
    promiseBy === null ? 'none' : promiseBy <= clock.minute ? 'broken' : promiseBy < dayEnds.value ? 'today' : 'later'

  /** The groups in their order, each with its rows. */
  const lines = computed<readonly Line[]>(() => {
    const groups = new Map<Due, Line[]>(DUES.map((due) => [due, []]))
    for (const card of cards.value) groups.get(dueOf(card))?.push({ kind: 'row', id: card.id, card })
    return [...groups].flatMap(([due, rows]) => (rows.length > 0 ? [{ kind: 'head' as const, id: due, due }, ...rows] : []))
  })

  async function load(): Promise<void> {
    const mine = ++generation
    isFetching = false
    const limit = Math.min(MOST_AT_ONCE, Math.max(PAGE, cards.value.length))
    const [answer] = await Promise.all([query('promise.list', { filter: filter.value, limit }), recount()])
    if (mine !== generation) return
    if (!answer.ok) {
      refusal.value = answer.refusal
      if (state.value !== 'ready') state.value = 'failed'
      return
    }
    connection.fresh(answer.value.now)
    cards.value = answer.value.promises
    next.value = answer.value.next
    dayEnds.value = answer.value.dayEnds
    state.value = 'ready'
    refusal.value = undefined
  }

  async function more(): Promise<void> {
    if (isFetching || next.value === null) return
    isFetching = true
    const mine = generation
    const answer = await query('promise.list', { filter: filter.value, after: next.value, limit: PAGE })
    isFetching = false
    if (mine === generation && isStalePage(answer)) return load()
    if (!answer.ok || mine !== generation) return
    const known = new Set(cards.value.map(({ id }) => id))
    cards.value = [...cards.value, ...answer.value.promises.filter(({ id }) => !known.has(id))].sort(compare)
    next.value = answer.value.next
  }

  async function recount(): Promise<void> {
    const answer = await query('promise.counts', {})
    if (!answer.ok) return
    counts.value = answer.value
    dayEnds.value = answer.value.dayEnds
  }

  function fits(card: Card): boolean {
    const { owner, waitsOn, due, offeredTo } = filter.value
    if (card.status !== 'open') return false
    if (owner !== undefined && (card.owner?.id ?? NONE) !== owner) return false
    if (waitsOn !== undefined && card.waitsOn !== waitsOn) return false
    if (offeredTo !== undefined && card.handoverTo !== offeredTo) return false
    return due === undefined || dueOf(card) === due
  }

  function apply(changed: readonly Card[]): void {
    const ids = new Set(changed.map(({ id }) => id))
    const kept = cards.value.filter(({ id }) => !ids.has(id))
    const last = cards.value.at(-1)
    const isHeld = (card: Card): boolean => next.value === null || (last !== undefined && compare(card, last) <= 0)
    const fresh = changed.filter((card) => fits(card) && isHeld(card))
    cards.value = [...kept, ...fresh].sort(compare)
    for (const card of changed) if (card.status !== 'open') marked.delete(card.id)
    timer ??= setTimeout(() => {
      timer = undefined
      void recount()
    }, COUNT_EVERY_MS)
  }

  function listen(): void {
    stopListening ??= subscribe(
      'board',
      (message) => {
        clock.correct(message.now)
        connection.fresh(message.now)
        apply(message.cards)
      },
      (connected) => {
        connection.set(connected)
        if (connected) void load()
      },
    )
  }
  function stop(): void {
    stopListening?.()
    stopListening = undefined
    clearTimeout(timer)
    timer = undefined
  }

  watch(filter, () => {
    cards.value = []
    next.value = null
    state.value = 'loading'
    void load()
  })
  /** Promises break while nobody does anything. */
  watch(
    () => clock.minute,
    () => {
      if (stopListening) void (filter.value.due === undefined ? recount() : load())
    },
  )

  const order = computed(() => lines.value.flatMap((line) => (line.kind === 'row' ? [line.id] : [])))
  function step(by: number): void {
    const at = current.value === undefined ? -1 : order.value.indexOf(current.value)
    const target = order.value[at < 0 ? 0 : Math.min(order.value.length - 1, Math.max(0, at + by))]
    if (target !== undefined) current.value = target
  }
  function mark(id: string): void {
    if (!marked.delete(id)) marked.add(id)
  }
  const find = (id: string): Card | undefined => cards.value.find((card) => card.id === id)

  return { filter, cards, lines, next, counts, state, refusal, current, marked, isFiltered, dueOf, load, more, apply, listen, stop, step, mark, find }
})

const promised = ({ promiseBy }: Card): number => promiseBy ?? Number.MAX_SAFE_INTEGER
const compare = (a: Card, b: Card): number =>
  promised(a) - promised(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
