import { onBeforeUnmount, onMounted } from 'vue'
import { subscribe } from '../../api/client.ts'

/** Changes that come together are read together. */
const TOGETHER_MS = 250

/** Calls `load` after something of the money changed, here or elsewhere, and when the connection is back. */
export function useFinanceChanges(load: () => void): void {
  let stop: (() => void) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wasCut = false
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      load()
    }, TOGETHER_MS)
  }
  onMounted(() => {
    stop = subscribe('finance', soon, (connected) => {
      if (connected && wasCut) soon()
      wasCut = !connected
    })
  })
  onBeforeUnmount(() => {
    stop?.()
    clearTimeout(timer)
  })
}
