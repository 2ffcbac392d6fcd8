import { ref, watch, type Ref } from 'vue'

export type Page = 'board' | 'workload' | 'perceived'

/** Turns the pages by itself; `show` brings one to the front for a full turn. */
export function startRotation(pages: Ref<readonly Page[]>, seconds: Ref<number>) {
  const page = ref<Page>('board')
  let timer: ReturnType<typeof setTimeout> | undefined

  function arm(): void {
    clearTimeout(timer)
    timer = setTimeout(turn, seconds.value * 1000)
  }
  function turn(): void {
    const place = pages.value.indexOf(page.value)
    page.value = pages.value[(place + 1) % pages.value.length] ?? 'board'
    arm()
  }
  function show(wanted: Page): void {
    page.value = wanted
    arm()
  }
  watch(
    () => `${pages.value.join()} ${seconds.value}`,
    () => {
      if (!pages.value.includes(page.value)) page.value = pages.value[0] ?? 'board'
      arm()
    },
    { immediate: true },
  )
  return { page, show }
}
