import { ref } from 'vue'
import { defineStore } from 'pinia'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'red'
}

const SHOWN_MS = { plain: 4000, red: 9000 }

/** Short news at the lower edge: said aloud, never in the way of the work. */
export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([])
  let last = 0

  function say(text: string, tone: Toast['tone'] = 'plain'): void {
    const toast = { id: ++last, text, tone }
    // What went well is told one at a time; what did not stays until it was read.
    toasts.value = [...toasts.value.filter((other) => other.text !== text && other.tone === 'red'), toast].slice(-3)
    setTimeout(() => dismiss(toast.id), SHOWN_MS[tone])
  }
  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }
  return { toasts, say, dismiss }
})
