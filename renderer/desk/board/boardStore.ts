import { computed, nextTick, reactive, ref, shallowRef, watch } from 'vue'
import { defineStore } from 'pinia'
import type { BoardFilter, Card, LaneBy } from '#shared/contract/board.ts'
import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { STAGES, type StageId } from '#shared/domain/workOrder/stages.ts'
import { query, subscribe } from '../../api/client.ts'
import { useClock } from '../../app/clock.ts'
import { useConnection } from '../../app/connection.ts'
import { isStalePage } from '../../app/stalePage.ts'
import { compare, isUnder, laneOf, newLane, putIn, takeOut, type Cell, type Counted, type Lane } from './cells.ts'

const FIRST_PAGE = 30
const LANE_PAGE = 12
const NEXT_PAGE = 50
const MOST_AT_ONCE = 100
/** So many lanes at first, and so many more at the end of them. */
const LANES_AT_ONCE = 60
/** Counts are asked for again at most so often while cards come and go. */
const COUNT_EVERY_MS = 1000

export interface Head extends Counted {
  readonly stage: StageId
  /** Under no filter: what a work-in-progress limit is held against. */
  whole: number
}

/** The cards that this screen holds: first pages from the service center, then each change as it comes. */
export const useBoard = defineStore('board', () => {
  const clock = useClock()
  const connection = useConnection()
  const filter = ref<BoardFilter>({})
  const by = ref<LaneBy | null>(null)
  const heads = reactive<Head[]>(STAGES.map((stage) => ({ stage, open: 0, breached: 0, frozen: 0, whole: 0 })))
  const lanes = shallowRef<readonly Lane[]>([newLane(null)])
  const laneCount = ref(0)
  const tooMany = ref(false)
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const refusal = ref<Refusal>()
  /** A move that waits for its answer: the card is shown where it is going. */
  const moving = reactive(new Map<string, StageId>())
  /** The order that the person is acting on: where it goes, the keyboard goes. */
  const acting = ref<string>()
  const act = (order: string): void => {
    acting.value = order
  }
  /** Once what came of it is on the screen. */
  const acted = (): void => void nextTick(() => (acting.value = undefined))
  let lanesWanted = LANES_AT_ONCE
  let generation = 0
  let countTimer: ReturnType<typeof setTimeout> | undefined
  let isStale = false
  let stopListening: (() => void) | undefined

  const head = (stage: StageId): Head => heads[STAGES.indexOf(stage)] as Head
  const cellOf = (lane: Lane, stage: StageId): Cell => lane.cells[STAGES.indexOf(stage)] as Cell
  const isFiltered = computed(() => Object.values(filter.value).some((value) => value !== undefined))
  const total = computed(() => heads.reduce((sum, each) => sum + each.open, 0))

  function* cells(): Generator<Cell> {
    for (const lane of lanes.value) yield* lane.cells
  }
  function locate(id: string): { lane: Lane; cell: Cell; index: number } | undefined {
    for (const lane of lanes.value) {
      for (const cell of lane.cells) {
        const index = cell.cards.findIndex((card) => card.id === id)
        if (index >= 0) return { lane, cell, index }
      }
    }
    return undefined
  }
  function find(id: string): Card | undefined {
    const at = locate(id)
    return at?.cell.cards[at.index]
  }

  const filterOf = (lane: string | null): BoardFilter =>
    by.value === null || lane === null ? filter.value : { ...filter.value, [by.value]: lane }

  function failed(why: Refusal): void {
    refusal.value = why
    if (state.value !== 'ready') state.value = 'failed'
  }

  /** Reads what is on the screen now anew; nobody loses their place. */
  async function load(): Promise<void> {
    const mine = ++generation
    isStale = false
    if (by.value === null) {
      const [whole] = lanes.value
      if (whole && (await readLane(whole, mine))) state.value = 'ready'
      return
    }
    const answer = await query('board.counts', { filter: filter.value, by: by.value, lanes: lanesWanted })
    if (mine !== generation) return
    if (!answer.ok) return failed(answer.refusal)
    connection.fresh(answer.value.now)
    const known = new Map(lanes.value.map((lane) => [lane.value, lane]))
    lanes.value = answer.value.lanes.map(({ value, name }) => known.get(value) ?? newLane(value, name))
    takeCounts(answer.value)
    state.value = 'ready'
    // What was read before is on the screen, or near it.
    for (const lane of lanes.value) if (lane.state !== 'unread') void readLane(lane, mine)
  }

  /** A lane's first cards, as many as are held; the columns' counts where the board is not cut. */
  async function readLane(lane: Lane, mine = generation): Promise<boolean> {
    const most = Math.max(by.value === null ? FIRST_PAGE : LANE_PAGE, ...lane.cells.map(({ cards }) => cards.length))
    if (lane.state === 'unread') lane.state = 'reading'
    const answer = await query('board.page', { filter: filterOf(lane.value), perColumn: Math.min(MOST_AT_ONCE, most) })
    if (mine !== generation) return false
    if (!answer.ok) {
      failed(answer.refusal)
      return false
    }
    connection.fresh(answer.value.now)
    for (const { stage, open, breached, frozen, whole, cards, next } of answer.value.columns) {
      Object.assign(cellOf(lane, stage), { open, breached, frozen, cards, next, loading: false })
      if (lane.value === null) Object.assign(head(stage), { open, breached, frozen, whole })
    }
    if (lane.value === null) tooMany.value = answer.value.tooMany
    lane.state = 'ready'
    return true
  }

  async function more(cell: Cell): Promise<void> {
    if (cell.loading || cell.next === null) return
    cell.loading = true
    const mine = generation
    const answer = await query('board.column', { stage: cell.stage, filter: filterOf(cell.lane), after: cell.next, limit: NEXT_PAGE })
    cell.loading = false
    if (mine === generation && isStalePage(answer)) return load()
    if (!answer.ok || mine !== generation) return
    const known = new Set(cell.cards.map((card) => card.id))
    cell.cards = [...cell.cards, ...answer.value.column.cards.filter((card) => !known.has(card.id))].sort(compare)
    cell.next = answer.value.column.next
  }

  function moreLanes(): void {
    if (by.value === null || lanes.value.length >= laneCount.value || lanesWanted > lanes.value.length) return
    lanesWanted += LANES_AT_ONCE
    void recount()
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
      const held = locate(card.id)
      const fits = isUnder(card, filter.value)
      // Whether a text is found in it, only the service center knows.
      const isUnsure = fits && !!filter.value.text && !held
      if (isUnsure) isStale = true
      const lane = fits && !isUnsure ? lanes.value.find(({ value }) => value === (by.value === null ? null : laneOf(card, by.value))) : undefined
      const target = lane?.state === 'unread' ? undefined : lane && cellOf(lane, card.stage)
      if (held && held.cell !== target) takeOut(held.cell, card.id)
      if (target) putIn(target, card)
      moving.delete(card.id)
    }
    countTimer ??= setTimeout(() => {
      countTimer = undefined
      void (isStale ? load() : recount())
    }, COUNT_EVERY_MS)
  }

  function takeCounts(counts: QueryOutput['board.counts']): void {
    for (const { stage, ...counted } of counts.columns) Object.assign(head(stage), counted)
    laneCount.value = counts.laneCount
    tooMany.value = counts.tooMany
    const byValue = new Map(counts.lanes.map((lane) => [lane.value, lane.columns]))
    for (const lane of lanes.value) {
      const columns = lane.value === null ? counts.columns : byValue.get(lane.value)
      for (const cell of lane.cells) {
        const { open = 0, breached = 0, frozen = 0 } = columns?.find(({ stage }) => stage === cell.stage) ?? {}
        Object.assign(cell, { open, breached, frozen })
      }
    }
  }

  async function recount(): Promise<void> {
    const mine = generation
    const answer = await query('board.counts', { filter: filter.value, by: by.value, lanes: lanesWanted })
    if (!answer.ok || mine !== generation) return
    connection.fresh(answer.value.now)
    const known = new Set(lanes.value.map(({ value }) => value))
    const fresh = answer.value.lanes.filter(({ value }) => !known.has(value))
    // A lane that appears comes last: none jumps away under the hand.
    if (fresh.length > 0) lanes.value = [...lanes.value, ...fresh.map(({ value, name }) => newLane(value, name))]
    takeCounts(answer.value)
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
    countTimer = undefined
  }

  watch([filter, by], () => {
    lanesWanted = LANES_AT_ONCE
    lanes.value = by.value === null ? [newLane(null)] : []
    void load()
  })

  return { filter, by, heads, lanes, laneCount, tooMany, state, refusal, moving, acting, act, acted, total, isFiltered, head, cells, locate, find, load, readLane, more, moreLanes, apply, recount, onChange, listen, stop }
})
