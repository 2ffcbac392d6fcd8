import { computed, ref, shallowRef } from 'vue'
import type { CommandName } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, query } from '../../api/client.ts'

type Kind = 'workflow' | 'slaPolicy' | 'calendar'
export interface Version {
  readonly id: string
  readonly version: number
  readonly publishedAt: number
  readonly publishedBy: string
}

const COMMANDS = {
  workflow: 'configuration.publishWorkflow',
  slaPolicy: 'configuration.publishSlaPolicy',
  calendar: 'configuration.publishCalendar',
} as const satisfies Record<Kind, CommandName>

/** One published definition with its versions; a draft of the next one beside the version that is shown. */
export function useDefinition<Content extends { readonly version: number }>(kind: Kind, firstId = 'default') {
  const id = ref(firstId)
  const versions = ref<readonly Version[]>([])
  const shown = shallowRef<Content>()
  const draft = shallowRef<Content>()
  const refusal = ref<Refusal>()
  const publishing = ref(false)
  const notPublished = ref<Refusal>()

  const own = computed(() => versions.value.filter((version) => version.id === id.value))
  const ids = computed(() => [...new Set(versions.value.map((version) => version.id))])
  const newest = computed(() => own.value[0]?.version ?? 0)
  const isCurrent = computed(() => shown.value?.version === newest.value)
  const dirty = computed(() => draft.value !== undefined && JSON.stringify(draft.value) !== JSON.stringify(shown.value))
  const content = computed(() => draft.value ?? shown.value)

  const contentOf = async (version?: number): Promise<Content | undefined> => {
    const answer = await query('configuration.get', { kind, id: id.value, ...(version !== undefined && { version }) })
    refusal.value = answer.ok ? undefined : answer.refusal
    return answer.ok ? (answer.value.definition?.content as Content | undefined) : undefined
  }
  async function load(wanted = id.value): Promise<void> {
    id.value = wanted
    const answer = await query('configuration.list', { kind })
    refusal.value = answer.ok ? undefined : answer.refusal
    if (!answer.ok) return
    versions.value = answer.value.definitions
    await show()
  }
  async function show(version?: number): Promise<void> {
    const next = await contentOf(version)
    if (!next) return
    shown.value = next
    undo()
  }
  function edit(next: Content): void {
    notPublished.value = undefined
    draft.value = next
  }
  function undo(): void {
    draft.value = undefined
    notPublished.value = undefined
  }
  /** The next version; true when it is in force. */
  async function publish(): Promise<boolean> {
    if (!draft.value || publishing.value) return false
    publishing.value = true
    const definition = { ...draft.value, version: newest.value + 1 }
    const answer = await command(COMMANDS[kind], { definition } as never)
    publishing.value = false
    notPublished.value = answer.ok ? undefined : answer.refusal
    if (answer.ok) await load()
    return answer.ok
  }
  return { id, ids, own, newest, isCurrent, shown, content, dirty, refusal, publishing, notPublished, load, show, contentOf, edit, undo, publish }
}
