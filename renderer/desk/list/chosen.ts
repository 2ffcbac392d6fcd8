import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Card } from '#shared/contract/board.ts'
import { query } from '../../api/client.ts'
import { useToasts } from '../../ui/toasts.ts'
import { refusalText } from '../../words/refusal.ts'
import { useOrders } from './ordersStore.ts'

/** Which row the keyboard stands on, and which orders are chosen together, also those that are not on the screen. */
export const useChosen = defineStore('chosenOrders', () => {
  const orders = useOrders()
  const toasts = useToasts()
  const stood = ref<string>()
  /** Where to put the focus: the row that a key went to. */
  const focused = ref<{ id: string }>()
  const marked = shallowRef<ReadonlyMap<string, Card>>(new Map())
  /** How the chosen came about: one by one, or as all that the filter leaves. */
  const scope = ref<'picked' | 'all' | 'first'>('picked')
  const gathering = ref(false)

  const current = computed(() => (stood.value !== undefined && orders.find(stood.value) ? stood.value : orders.rows[0]?.id))
  const cards = computed(() => [...marked.value.values()].map((card) => orders.find(card.id) ?? card))
  const isPageChosen = computed(() => orders.rows.length > 0 && orders.rows.every(({ id }) => marked.value.has(id)))

  function step(by: number): void {
    const at = orders.rows.findIndex(({ id }) => id === current.value)
    const next = orders.rows[Math.min(orders.rows.length - 1, Math.max(0, at + by))]
    if (next) stand(next.id)
  }
  function stand(id: string): void {
    stood.value = id
    focused.value = { id }
  }

  function mark(id: string): void {
    const next = new Map(marked.value)
    const card = orders.find(id)
    if (!next.delete(id) && card) next.set(id, card)
    marked.value = next
    scope.value = 'picked'
  }
  /** All rows from the one stood on to this. */
  function markTo(id: string): void {
    const from = orders.rows.findIndex((card) => card.id === current.value)
    const to = orders.rows.findIndex((card) => card.id === id)
    const span = orders.rows.slice(Math.min(from, to), Math.max(from, to) + 1)
    marked.value = new Map([...marked.value, ...span.map((card) => [card.id, card] as const)])
    scope.value = 'picked'
  }
  function markPage(): void {
    marked.value = isPageChosen.value ? new Map() : new Map(orders.rows.map((card) => [card.id, card]))
    scope.value = 'picked'
  }
  function markOnly(ids: readonly string[]): void {
    marked.value = new Map(cards.value.filter(({ id }) => ids.includes(id)).map((card) => [card.id, card]))
    scope.value = 'picked'
  }
  /** All that match, also those not read yet, as far as they can be dealt with at once. */
  async function markMatching(): Promise<void> {
    gathering.value = true
    const answer = await query('workOrder.matching', orders.wish())
    gathering.value = false
    if (!answer.ok) return toasts.say(refusalText(answer.refusal), 'red')
    marked.value = new Map(answer.value.orders.map((card) => [card.id, card]))
    scope.value = answer.value.more ? 'first' : 'all'
  }

  return { stood, focused, marked, scope, gathering, current, cards, isPageChosen, step, stand, mark, markTo, markPage, markOnly, markMatching }
})
