import { computed, ref, watch } from 'vue'
import { defineStore } from 'pinia'
import { STAGES, type StageId } from '#shared/domain/workOrder/stages.ts'
import { useBoard } from './boardStore.ts'
import type { Cell } from './cells.ts'

/** Which card the keyboard stands on, which one is open, and which are chosen together. */
export const useSelection = defineStore('selection', () => {
  const board = useBoard()
  const focus = ref<{ id: string; byKey: boolean }>()
  const opened = ref<string>()

  const firstShown = computed(() => {
    for (const cell of board.cells()) if (cell.cards.length > 0) return cell.cards[0]?.id
    return undefined
  })
  const current = computed(() => (focus.value && board.find(focus.value.id) ? focus.value.id : firstShown.value))

  /** Orders chosen to do one thing to all of them; one that left the board is chosen no more. */
  const marked = ref<ReadonlySet<string>>(new Set())
  const markedCards = computed(() => [...marked.value].flatMap((id) => board.find(id) ?? []))
  function mark(id: string): void {
    const next = new Set(marked.value)
    if (!next.delete(id)) next.add(id)
    marked.value = next
  }
  const markOnly = (ids: Iterable<string>): void => {
    marked.value = new Set(ids)
  }

  const touch = (id: string): void => {
    focus.value = { id, byKey: false }
  }
  const stand = (id: string): void => {
    focus.value = { id, byKey: true }
  }

  const place = () => (current.value === undefined ? undefined : board.locate(current.value))

  /** Down or up; past the end of a lane, into the same column of the next one. */
  function step(by: number): void {
    const at = place()
    if (!at) return
    const { cards } = at.cell
    const end = by > 0 ? cards.length - 1 : 0
    if (at.index === end && at.cell.lane !== null) return void walkOn(at.cell, by > 0 ? 1 : -1)
    const next = cards[Math.min(cards.length - 1, Math.max(0, at.index + by))]
    if (next) stand(next.id)
  }
  async function walkOn(from: Cell, by: 1 | -1): Promise<void> {
    const { lanes } = board
    for (let index = lanes.findIndex(({ value }) => value === from.lane) + by; index >= 0 && index < lanes.length; index += by) {
      const lane = lanes[index]
      const cell = lane && lane.cells[STAGES.indexOf(from.stage)]
      if (!cell || cell.open === 0) continue
      if (lane.state === 'unread') await board.readLane(lane)
      const next = by > 0 ? cell.cards[0] : cell.cards.at(-1)
      if (next) return stand(next.id)
    }
  }

  /** To the next column that has cards, at the same height. */
  function turn(by: 1 | -1): void {
    const at = place()
    if (!at) return
    for (let index = STAGES.indexOf(at.cell.stage) + by; index >= 0 && index < STAGES.length; index += by) {
      const cards = at.lane.cells[index]?.cards ?? []
      const next = cards[Math.min(at.index, cards.length - 1)]
      if (next) return stand(next.id)
    }
  }
  function toEnd(which: 'first' | 'last'): void {
    const cards = place()?.cell.cards
    const card = which === 'first' ? cards?.[0] : cards?.at(-1)
    if (card) stand(card.id)
  }

  /**
   * Somebody else moves the card that the keyboard stands on: the keyboard keeps its place, on the card that takes it.
   * One's own move it follows. Before the page is painted anew, so that the lost focus is still known.
   */
  const spot = computed(() => {
    const at = focus.value && board.locate(focus.value.id)
    return at && { id: at.cell.cards[at.index]?.id, lane: at.lane.value, stage: at.cell.stage, index: at.index }
  })
  let kept: { id: string | undefined; lane: string | null; stage: StageId; index: number } | undefined
  watch(
    spot,
    (now) => {
      const before = kept
      kept = now
      const left = before?.id !== undefined && before.id === focus.value?.id && (now?.stage !== before.stage || now.lane !== before.lane)
      if (!left || board.acting === before.id) return
      const cards = board.lanes.find(({ value }) => value === before.lane)?.cells[STAGES.indexOf(before.stage)]?.cards ?? []
      const next = cards[Math.min(before.index, cards.length - 1)]
      if (!next) return
      const hadKeyboard = document.activeElement?.getAttribute('data-card') === before.id
      if (hadKeyboard) stand(next.id)
      else touch(next.id)
    },
    { flush: 'pre' },
  )

  return { focus, opened, current, marked, markedCards, mark, markOnly, touch, stand, step, turn, toEnd }
})
