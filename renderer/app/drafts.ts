import { onBeforeUnmount, watch, type Ref } from 'vue'

/**
 * What is typed into a form outlives the end of the page: a crash, a reload, a power cut of the service center. It is
 * forgotten when the form closes, done or given up, and when somebody signs out.
 * @param name of the form and of what it is about
 */
export function keepDraft<Value>(name: string, value: Ref<Value>): void {
  const key = `draft.${name}`
  const kept = sessionStorage.getItem(key)
  if (kept !== null) value.value = JSON.parse(kept) as Value
  watch(value, (now) => sessionStorage.setItem(key, JSON.stringify(now)), { deep: true })
  onBeforeUnmount(() => sessionStorage.removeItem(key))
}
