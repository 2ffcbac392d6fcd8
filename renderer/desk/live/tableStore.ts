import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import type { TableImport } from '#shared/contract/tableImport.ts'
import { refuse, type Refusal, type Result } from '#shared/domain/kernel/refusal.ts'
import { LARGEST_TABLE, TABLE_COLUMNS, type TableIssue, type TableKind, type TableOptions } from '#shared/domain/tableImport/kinds.ts'
import { missingColumns } from '#shared/domain/tableImport/row.ts'
import { command, query, upload } from '../../api/client.ts'

const LOOK_EVERY_MS = 400
const ISSUES_SHOWN = 200
const ISSUES_A_PAGE = 1000
const UNDER_WAY: ReadonlySet<TableImport['state']> = new Set(['reading', 'checking', 'applying'])

interface Fate {
  readonly line: number
  readonly action: 'create' | 'update' | 'skip' | 'error'
  readonly cells: readonly string[]
}

/** One table on its way in: from the file to what became of it. Everything of it stands on the service center. */
export function useTable(kind: TableKind) {
  const job = shallowRef<TableImport>()
  const issues = shallowRef<readonly TableIssue[]>([])
  const hasMoreIssues = ref(false)
  const fates = shallowRef<readonly Fate[]>([])
  const refusal = ref<Refusal>()
  const loading = ref(true)
  const uploading = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isGone = false
  onBeforeUnmount(() => {
    isGone = true
    clearTimeout(timer)
  })

  const underWay = computed(() => job.value !== undefined && UNDER_WAY.has(job.value.state))
  const missing = computed(() => (job.value?.head ? missingColumns(kind, job.value.columns) : []))

  /** What was begun and not ended, on this screen or another one. */
  async function load(): Promise<void> {
    const answer = await query('tableImport.list', { kind, limit: 1 })
    loading.value = false
    refusal.value = answer.ok ? undefined : answer.refusal
    const newest = answer.ok ? answer.value.imports[0] : undefined
    if (newest && newest.state !== 'done' && newest.state !== 'failed') await follow(newest.id)
  }

  async function begin(file: File): Promise<void> {
    refusal.value = undefined
    if (file.size > LARGEST_TABLE) return fail({ refusal: { code: 'tableTooLarge', params: { limit: 50 } } })
    uploading.value = true
    const stored = await upload(file)
    const begun = stored.ok ? await command('tableImport.begin', { kind, blob: stored.value.hash, name: file.name.slice(0, 200) }) : stored
    uploading.value = false
    if (!begun.ok) return fail(begun)
    await follow(begun.value.id)
    // Nothing to ask: the dry run writes nothing.
    if (job.value?.state === 'matching' && missing.value.length === 0) await check(job.value.columns, job.value.options)
  }

  async function check(columns: readonly (string | null)[], options: TableOptions): Promise<void> {
    if (!job.value) return
    const { id } = job.value
    const begun = await command('tableImport.check', { id, columns: [...columns], options })
    if (begun.ok) await follow(id)
    else fail(begun)
  }

  async function apply(): Promise<void> {
    if (!job.value) return
    const begun = await command('tableImport.apply', { id: job.value.id })
    if (begun.ok) await follow(job.value.id)
    else fail(begun)
  }

  async function stop(): Promise<void> {
    if (job.value) await command('tableImport.cancel', { id: job.value.id })
  }

  /** Another file, or none: what was found of this one is forgotten; what was taken in stays. */
  async function leave(): Promise<void> {
    clearTimeout(timer)
    const left = job.value
    job.value = undefined
    refusal.value = undefined
    if (left && left.state !== 'done') await command('tableImport.drop', { id: left.id })
  }

  /** Settles when the service center has done what it is at. */
  async function follow(id: string): Promise<void> {
    for (;;) {
      const answer = await query('tableImport.get', { id })
      if (isGone) return
      if (answer.ok && !answer.value.import) return fail(refuse('unknownImport'))
      if (answer.ok && answer.value.import) {
        refusal.value = undefined
        job.value = answer.value.import
        if (!underWay.value) return readFindings(id)
      } else if (!answer.ok && answer.refusal.code !== 'unreachable') return fail(answer)
      await new Promise((resolve) => (timer = setTimeout(resolve, LOOK_EVERY_MS)))
    }
  }

  async function readFindings(id: string): Promise<void> {
    const [found, rows] = await Promise.all([query('tableImport.issues', { id, limit: ISSUES_SHOWN }), query('tableImport.rows', { id })])
    issues.value = found.ok ? found.value.issues : []
    hasMoreIssues.value = found.ok && found.value.more
    fates.value = rows.ok ? rows.value.rows : []
  }

  /** Every one of them, for the file. */
  async function allIssues(): Promise<Result<readonly TableIssue[]>> {
    const all: TableIssue[] = []
    for (;;) {
      const page = await query('tableImport.issues', { id: job.value?.id ?? '', offset: all.length, limit: ISSUES_A_PAGE })
      if (!page.ok) return page
      all.push(...page.value.issues)
      if (!page.value.more) return { ok: true, value: all }
    }
  }

  function fail(result: { readonly refusal: Refusal }): void {
    refusal.value = result.refusal
  }

  const columnIds = TABLE_COLUMNS[kind].map(({ id }) => id)
  return { kind, job, issues, hasMoreIssues, fates, refusal, loading, uploading, underWay, missing, columnIds, load, begin, check, apply, stop, leave, allIssues }
}
export type Table = ReturnType<typeof useTable>
