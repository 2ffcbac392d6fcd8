import { ref } from 'vue'
import { defineStore } from 'pinia'

/** What can be done about it at once: its word and its key. */
export interface ToastAction {
  readonly words: string
  readonly keys: string
  readonly run: () => void
}
export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'amber' | 'red'
  readonly action?: ToastAction | undefined
}

const SHOWN_MS = { plain: 4000, amber: 9000, red: 9000 }
/** Long enough to see that it was a mistake. */
const WITH_ACTION_MS = 8000

/** Short news at the lower edge: said aloud, never in the way of the work. */
export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([])
  let last = 0

  function say(text: string, tone: Toast['tone'] = 'plain', action?: ToastAction): void {
    const toast = { id: ++last, text, tone, action }
    // What went well is told one at a time; what did not stays until it was read.
    toasts.value = [...toasts.value.filter((other) => other.text !== text && other.tone !== 'plain'), toast].slice(-3)
    setTimeout(() => dismiss(toast.id), action ? WITH_ACTION_MS : SHOWN_MS[tone])
  }
  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }
  function act(toast: Toast): void {
    dismiss(toast.id)
    toast.action?.run()
  }
  return { toasts, say, dismiss, act }
})
