import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App } from '#core/app.ts'
import { importHistory, type ImportOptions, type ImportSummary } from '#core/features/import/importHistory.ts'
import { parseMapping, type Mapping } from '#core/features/import/mapping.ts'
import { all } from '#core/store/sql.ts'
import type { Result } from '#shared/domain/kernel/refusal.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'

/** A mapping for small files of a desk in Suzhou. */
export const HEADER = 'no,time,state,opened,customer,phone,fault,priority,channel,owner,reopened'
const plain = {
  name: 'suzhou',
  missing: ['-'],
  dates: { format: 'YYYY-MM-DD HH:mm', zone: 'Asia/Shanghai' },
  columns: {
    number: 'no',
    time: 'time',
    state: 'state',
    firstContactAt: 'opened',
    customer: 'customer',
    channel: 'channel',
    owner: 'owner',
    reopened: 'reopened',
    personal: { contactPhone: 'phone' },
    fields: { symptom: 'fault', priority: 'priority' },
  },
  states: { 新建: 'intakeReview', 处理中: 'diagnosis', 等备件: 'partsLock', 已解决: 'signoff', 关闭: 'closed' },
  values: { channel: { 电话: 'phone' }, priority: { 高: 'high', 低: 'low' } },
}

export function mappingOf(changes: Record<string, unknown> = {}): Mapping {
  const parsed = parseMapping({ ...plain, ...changes })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal))
  return parsed.value
}

/** A row of such a file: `time` and `state` are the row's, all else has a usual value. */
export const rowOf = (no: string, time: string, state: string, more: Partial<Record<string, string>> = {}): string =>
  [
    no,
    time,
    state,
    more['opened'] ?? '2026-03-01 08:00',
    more['customer'] ?? '苏州某某精密',
    more['phone'] ?? '000-0001',
    more['fault'] ?? '-',
    more['priority'] ?? '-',
    more['channel'] ?? '电话',
    more['owner'] ?? '-',
    more['reopened'] ?? '0',
  ].join(',')

/** A service center for imports, on a data folder of its own. */
export class ImportDesk {
  readonly folder = mkdtempSync(join(tmpdir(), 'loopdesk-import-'))
  readonly app: App

  constructor() {
    this.app = createApp({ data: join(this.folder, 'data') })
    // What a power cut would undo counts less here than time.
    this.app.db.raw.pragma('synchronous = OFF')
  }

  write(content: string | Buffer, name = 'history.csv'): string {
    const file = join(this.folder, name)
    writeFileSync(file, content)
    return file
  }

  import(content: string | Buffer, options: Partial<ImportOptions> = {}): Promise<Result<ImportSummary>> {
    return importHistory(this.app, { file: this.write(content), mapping: mappingOf(), ...options })
  }

  /** The summary of an import that must not be refused. */
  async imported(content: string | Buffer, options: Partial<ImportOptions> = {}): Promise<ImportSummary> {
    const result = await this.import(content, options)
    if (!result.ok) throw new Error(JSON.stringify(result.refusal))
    return result.value
  }

  order(number: string, source = 'suzhou'): WorkOrderState {
    return this.app.subjects.load<WorkOrderState>({ kind: 'workOrder', id: `${source}.${number}` }).state
  }

  /** What the log holds of a source, without the place and time that each desk gives. */
  events(): string[] {
    return all<{ id: string; subject: string; type: string; at: number }>(
      this.app.db,
      "SELECT id, subject, type, at FROM event WHERE type IN ('orderRegistered', 'historyRecorded', 'customerRegistered', 'fieldsChanged') ORDER BY id",
    ).map((row) => JSON.stringify(row))
  }

  orders(): string[] {
    return all(this.app.db, 'SELECT * FROM work_order ORDER BY id').map((row) => JSON.stringify(row))
  }

  rejects(summary: ImportSummary): string[] {
    return summary.rejectsFile === null ? [] : readFileSync(summary.rejectsFile, 'utf8').trimEnd().split('\n')
  }

  close(): void {
    this.app.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
