import { computed, ref, shallowRef, watch } from 'vue'
import { defineStore } from 'pinia'
import type { Card } from '#shared/contract/board.ts'
import type { OrderSort } from '#shared/contract/workOrderQueries.ts'
import type { ViewContent } from '#shared/contract/view.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { query, subscribe } from '../../api/client.ts'
import { useClock } from '../../app/clock.ts'
import { isStalePage } from '../../app/stalePage.ts'
import { useConnection } from '../../app/connection.ts'
import { useBoard } from '../board/boardStore.ts'
import { columnsFrom, firstColumns, keptColumns, keptSort, sortFrom, type ShownColumn } from './columns.ts'
import { asked, fromKept, toKept, type ListFilter } from './listFilter.ts'

const PAGE = 100
/** Pages without an order are read on at once, but not for ever. */
const EMPTY_PAGES = 200
const COLUMNS = 'orders.columns'

/** The rows that this screen holds: page by page from the service center, each changed as it changes. */
export const useOrders = defineStore('orders', () => {
  const clock = useClock()
  const connection = useConnection()
  const board = useBoard()
  const filter = ref<ListFilter>({ status: 'open' })
  const sort = ref<OrderSort>()
  const columns = ref<readonly ShownColumn[]>(columnsFrom(stored()))
  const rows = shallowRef<readonly Card[]>([])
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const refusal = ref<Refusal>()
  const busy = ref(false)
  const next = ref<string | null>(null)
  const tooManyToSort = ref(false)
  const count = ref<{ count: number; more: boolean }>()
  /** Orders registered since the list was read. */
  const newer = ref<ReadonlySet<string>>(new Set())
  let generation = 0
  let stops: (() => void)[] = []

  const isFiltered = computed(() => Object.keys(filter.value).some((name) => name !== 'status') || filter.value.status !== undefined)

  const wish = () => ({ filter: asked(filter.value, clock.now), ...(sort.value && { sort: sort.value }) })

  async function load(): Promise<void> {
    const mine = ++generation
    busy.value = true
    newer.value = new Set()
    const { filter: wanted } = wish()
    void query('workOrder.count', { filter: wanted }).then((answer) => {
      if (mine === generation) count.value = answer.ok ? answer.value : undefined
    })
    await read(mine, undefined, [])
  }

  async function more(): Promise<void> {
    if (busy.value || next.value === null || state.value !== 'ready') return
    busy.value = true
    await read(generation, next.value, rows.value)
  }

  async function read(mine: number, from: string | undefined, before: readonly Card[]): Promise<void> {
    let after = from
    for (let page = 0; page < EMPTY_PAGES; page++) {
      const answer = await query('workOrder.list', { ...wish(), limit: PAGE, ...(after !== undefined && { after }) })
      if (mine !== generation) return
      if (after !== undefined && isStalePage(answer)) return load()
      if (!answer.ok) {
        busy.value = false
        refusal.value = answer.refusal
        if (before.length === 0) state.value = 'failed'
        return
      }
      connection.fresh(answer.value.now)
      refusal.value = undefined
      tooManyToSort.value = answer.value.tooManyToSort
      next.value = answer.value.next
      if (answer.value.orders.length > 0 || answer.value.next === null) {
        const known = new Set(before.map(({ id }) => id))
        rows.value = [...before, ...answer.value.orders.filter(({ id }) => !known.has(id))]
        break
      }
      after = answer.value.next
    }
    state.value = 'ready'
    busy.value = false
  }

  /** Rows change where they stand: one that fits no more goes when the list is read again. */
  function apply(card: Card): void {
    const at = rows.value.findIndex(({ id }) => id === card.id)
    if (at >= 0) rows.value = rows.value.with(at, card)
    else if (card.firstContactAt > (rows.value[0]?.firstContactAt ?? 0) && state.value === 'ready') newer.value = new Set([...newer.value, card.id])
  }

  function listen(): void {
    if (stops.length > 0) return
    const stopTopic = subscribe(
      'board',
      ({ cards }) => cards.forEach(apply),
      (connected) => {
        connection.set(connected)
        // What happened before came to nobody: read again, unless it is being read.
        if (connected && state.value === 'ready' && !busy.value) void load()
      },
    )
    stops = [stopTopic, board.onChange(apply)]
  }
  function stop(): void {
    for (const end of stops) end()
    stops = []
  }

  watch([filter, sort], () => {
    rows.value = []
    next.value = null
    count.value = undefined
    state.value = 'loading'
    void load()
  })
  watch(columns, (value) => localStorage.setItem(COLUMNS, JSON.stringify(keptColumns(value))))

  const content = computed<ViewContent['orders']>(() => {
    const kept = keptSort(sort.value)
    return { filter: toKept(filter.value), columns: keptColumns(columns.value), ...(kept !== undefined && { sort: kept }) }
  })
  function show(view: ViewContent['orders'] | undefined): void {
    filter.value = view ? fromKept(view.filter) : { status: 'open' }
    columns.value = view ? columnsFrom(view.columns) : firstColumns()
    sort.value = sortFrom(view?.sort)
  }

  const find = (id: string): Card | undefined => rows.value.find((card) => card.id === id)

  return { filter, sort, columns, rows, state, refusal, busy, next, tooManyToSort, count, newer, isFiltered, content, wish, load, more, apply, listen, stop, show, find }
})

function stored(): string[] | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(COLUMNS) ?? 'null')
    return Array.isArray(kept) ? kept.map(String) : undefined
  } catch {
    return undefined
  }
}
