import { computed, reactive, ref, watch } from 'vue'
import { defineStore } from 'pinia'
import type { BoardFilter, Card } from '#shared/contract/board.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { STAGES, type StageId } from '#shared/domain/workOrder/stages.ts'
import { query, subscribe } from '../../api/client.ts'
import { useClock } from '../../app/clock.ts'
import { useConnection } from '../../app/connection.ts'

const FIRST_PAGE = 30
const NEXT_PAGE = 50
/** Counts are asked for again at most so often while cards come and go. */
const COUNT_EVERY_MS = 1000

export interface Column {
  readonly stage: StageId
  open: number
  breached: number
  frozen: number
  cards: Card[]
  next: string | null
  loading: boolean
}

/** Later than any due time: orders without one stand last in their column. */
const urgency = (card: Card): number => card.dueAt ?? Number.MAX_SAFE_INTEGER
const compare = (a: Card, b: Card): number =>
  urgency(a) - urgency(b) || a.enteredAt - b.enteredAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The cards that this screen holds: first pages from the service center, then each change as it comes. */
export const useBoard = defineStore('board', () => {
  const clock = useClock()
  const connection = useConnection()
  const filter = ref<BoardFilter>({})
  const columns = reactive<Column[]>(
    STAGES.map((stage) => ({ stage, open: 0, breached: 0, frozen: 0, cards: [], next: null, loading: true })),
  )
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const refusal = ref<Refusal>()
  /** A move that waits for its answer: the card is shown where it is going. */
  const moving = reactive(new Map<string, StageId>())
  let generation = 0
  let countTimer: ReturnType<typeof setTimeout> | undefined
  let stopListening: (() => void) | undefined

  const column = (stage: StageId): Column => columns[STAGES.indexOf(stage)] as Column
  const isFiltered = computed(() => Object.values(filter.value).some((value) => value !== undefined))
  const total = computed(() => columns.reduce((sum, each) => sum + each.open, 0))

  async function load(): Promise<void> {
    const mine = ++generation
    // As many as are on the screen now, so that nobody loses their place.
    const held = Math.max(FIRST_PAGE, ...columns.map((each) => each.cards.length))
    const answer = await query('board.page', { filter: filter.value, perColumn: Math.min(100, held) })
    if (mine !== generation) return
    if (!answer.ok) {
      refusal.value = answer.refusal
      if (state.value !== 'ready') state.value = 'failed'
      return
    }
    connection.fresh(answer.value.now)
    for (const fresh of answer.value.columns) Object.assign(column(fresh.stage), fresh, { loading: false })
    state.value = 'ready'
  }

  async function more(stage: StageId): Promise<void> {
    const target = column(stage)
    if (target.loading || target.next === null) return
    target.loading = true
    const mine = generation
    const answer = await query('board.column', {
      stage,
      filter: filter.value,
      after: target.next,
      limit: NEXT_PAGE,
    })
    target.loading = false
    if (!answer.ok || mine !== generation) return
    const known = new Set(target.cards.map((card) => card.id))
    target.cards = [...target.cards, ...answer.value.column.cards.filter((card) => !known.has(card.id))].sort(compare)
    target.next = answer.value.column.next
  }

  const watchers = new Set<(card: Card) => void>()
  /** Tells of every card that changes, on the board or not; answers how to stop. */
  function onChange(callback: (card: Card) => void): () => void {
    watchers.add(callback)
    return () => watchers.delete(callback)
  }

  function apply(cards: readonly Card[]): void {
    for (const card of cards) {
      for (const tell of watchers) tell(card)
      for (const each of columns) {
        const at = each.cards.findIndex((held) => held.id === card.id)
        if (at >= 0 && (each.stage !== card.stage || !belongs(card))) each.cards.splice(at, 1)
      }
      moving.delete(card.id)
      if (belongs(card)) place(card)
    }
    clearTimeout(countTimer)
    countTimer = setTimeout(recount, COUNT_EVERY_MS)
  }

  /** Into its place by urgency; beyond the pages held it waits to be paged in. */
  function place(card: Card): void {
    const target = column(card.stage)
    const others = target.cards.filter((held) => held.id !== card.id)
    const at = others.findIndex((held) => compare(card, held) < 0)
    if (at < 0 && target.next !== null) target.cards = others
    else target.cards = at < 0 ? [...others, card] : [...others.slice(0, at), card, ...others.slice(at)]
  }

  const belongs = (card: Card): boolean =>
    card.status === 'open' &&
    (filter.value.priority === undefined || card.priority === filter.value.priority) &&
    (filter.value.owner === undefined || card.owner?.id === filter.value.owner) &&
    (filter.value.customer === undefined || card.customer?.id === filter.value.customer)

  async function recount(): Promise<void> {
    const mine = generation
    const answer = await query('board.page', { filter: filter.value, perColumn: 1 })
    if (!answer.ok || mine !== generation) return
    connection.fresh(answer.value.now)
    for (const { stage, open, breached, frozen } of answer.value.columns) Object.assign(column(stage), { open, breached, frozen })
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
        // What happened before came to nobody: read again.
        if (connected) void load()
      },
    )
  }
  function stop(): void {
    stopListening?.()
    stopListening = undefined
    clearTimeout(countTimer)
  }

  watch(filter, () => {
    for (const each of columns) Object.assign(each, { cards: [], next: null, loading: true })
    void load()
  })

  function find(id: string): Card | undefined {
    for (const each of columns) {
      const card = each.cards.find((held) => held.id === id)
      if (card) return card
    }
    return undefined
  }

  return { filter, columns, state, refusal, moving, total, isFiltered, column, load, more, apply, onChange, listen, stop, find }
})
