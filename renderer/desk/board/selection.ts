import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import { STAGES, type StageId } from '#shared/domain/workOrder/stages.ts'
import { useBoard } from './boardStore.ts'

/** Which card the keyboard stands on, which one is open, and which are chosen together. */
export const useSelection = defineStore('selection', () => {
  const board = useBoard()
  const focus = ref<{ id: string; byKey: boolean }>()
  const opened = ref<string>()

  const firstShown = computed(() => board.columns.find((column) => column.cards.length > 0)?.cards[0]?.id)
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

  function place(): { stage: StageId; index: number } | undefined {
    for (const column of board.columns) {
      const index = column.cards.findIndex((card) => card.id === current.value)
      if (index >= 0) return { stage: column.stage, index }
    }
    return undefined
  }

  function step(by: number): void {
    const at = place()
    if (!at) return
    const cards = board.column(at.stage).cards
    const next = cards[Math.min(cards.length - 1, Math.max(0, at.index + by))]
    if (next) stand(next.id)
  }

  /** To the next column that has cards, at the same height. */
  function turn(by: 1 | -1): void {
    const at = place()
    if (!at) return
    for (let index = STAGES.indexOf(at.stage) + by; index >= 0 && index < STAGES.length; index += by) {
      const cards = board.columns[index]?.cards ?? []
      const next = cards[Math.min(at.index, cards.length - 1)]
      if (next) return stand(next.id)
    }
  }

  return { focus, opened, current, marked, markedCards, mark, markOnly, touch, stand, step, turn }
})
