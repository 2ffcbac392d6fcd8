import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { CommandInput } from '#shared/contract/registry.ts'
import { command } from '../api/client.ts'
import { useToasts } from '../ui/toasts.ts'
import { i18n } from '../words/index.ts'
import { refusalText } from '../words/refusal.ts'
import { bytesOf, handFile } from './handFile.ts'

type Wish = Omit<CommandInput['output.open'], 'language'>

/** A table as a file of this person's: one at a time, with how far it is; it may be given up. */
export const useOutputs = defineStore('outputs', () => {
  const { t, locale } = i18n.global
  const toasts = useToasts()
  /** undefined: none is being written. */
  const running = ref<{ rows: number; total: number | null }>()
  let isGivenUp = false

  async function save(wish: Wish): Promise<void> {
    if (running.value) return
    isGivenUp = false
    running.value = { rows: 0, total: null }
    const opened = await command('output.open', { ...wish, language: locale.value })
    if (!opened.ok) {
      running.value = undefined
      return toasts.say(t('orders.exportFailed', { why: refusalText(opened.refusal) }), 'red')
    }
    const { job, fileName, mime, total } = opened.value
    running.value = { rows: 0, total }
    const pieces: Uint8Array<ArrayBuffer>[] = []
    for (let piece = 0; ; piece++) {
      const answer = isGivenUp ? undefined : await command('output.read', { job, piece })
      if (!answer || isGivenUp || !answer.ok) {
        await command('output.close', { job })
        running.value = undefined
        if (answer && !answer.ok) toasts.say(t('orders.exportFailed', { why: refusalText(answer.refusal) }), 'red')
        else toasts.say(t('orders.exportStopped'))
        return
      }
      pieces.push(bytesOf(answer.value.bytes))
      running.value = { rows: answer.value.rows, total }
      if (!answer.value.done) continue
      void command('output.close', { job })
      running.value = undefined
      handFile(new Blob(pieces, { type: mime }), fileName)
      return toasts.say(t('orders.exported', { n: answer.value.rows, file: fileName }))
    }
  }
  const giveUp = (): void => {
    isGivenUp = true
  }
  return { running, save, giveUp }
})
