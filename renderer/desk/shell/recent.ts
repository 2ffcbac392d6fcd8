import { ref, watch } from 'vue'
import { defineStore } from 'pinia'
import { useSession } from '../../app/session.ts'

const KEPT = 8

export interface RecentOrder {
  readonly id: string
  readonly number: string
}

/** The orders that this person opened lately at this computer: their numbers, nothing of their contents. */
export const useRecent = defineStore('recent', () => {
  const session = useSession()
  const orders = ref<readonly RecentOrder[]>([])
  const key = (): string => `recent.${session.user?.id ?? ''}`

  function read(): RecentOrder[] {
    try {
      const kept = JSON.parse(localStorage.getItem(key()) ?? '[]') as unknown
      return Array.isArray(kept) ? kept.filter(isRecent) : []
    } catch {
      return []
    }
  }
  function touch(order: RecentOrder): void {
    // Another window may have added some.
    orders.value = [{ id: order.id, number: order.number }, ...read().filter(({ id }) => id !== order.id)].slice(0, KEPT)
    localStorage.setItem(key(), JSON.stringify(orders.value))
  }
  watch(() => session.user?.id, () => (orders.value = read()), { immediate: true })
  return { orders, touch }
})

const isRecent = (value: unknown): value is RecentOrder =>
  typeof value === 'object' && value !== null && typeof (value as RecentOrder).id === 'string' && typeof (value as RecentOrder).number === 'string'
