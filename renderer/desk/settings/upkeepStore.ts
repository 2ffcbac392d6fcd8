import { onBeforeUnmount, onMounted, ref } from 'vue'
import type { DeskStatus } from '#shared/contract/system.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, query } from '../../api/client.ts'

const LOOK_EVERY_MS = 1000

/** The state of the data folder; looked at again while something is under way. */
export function useUpkeep() {
  const status = ref<DeskStatus>()
  const refusal = ref<Refusal>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    clearTimeout(timer)
    const answer = await query('system.status', {})
    refusal.value = answer.ok ? undefined : answer.refusal
    if (!answer.ok) return
    status.value = answer.value
    const isBusy = Object.values(answer.value.jobs).some((job) => job?.state === 'running')
    if (isBusy) timer = setTimeout(load, LOOK_EVERY_MS)
  }
  async function start(job: keyof DeskStatus['jobs']): Promise<void> {
    const answer = await command('system.startUpkeep', { job })
    if (answer.ok) await load()
    else refusal.value = answer.refusal
  }
  onMounted(load)
  onBeforeUnmount(() => clearTimeout(timer))
  return { status, refusal, load, start }
}
