import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importsOf, type TableImports } from '#core/features/tableImport/imports.ts'
import { DEFAULT_OPTIONS, type TableIssue, type TableKind, type TableOptions } from '#shared/domain/tableImport/kinds.ts'
import { issueText } from '#shared/i18n/tableIssues.ts'
import { filesOf, readIssues } from '#core/features/tableImport/files.ts'
import type { TableImport } from '#shared/contract/tableImport.ts'
import { copyFile } from 'node:fs/promises'
import { TestDesk } from './desk.ts'

/** A desk with people, to which tables are brought. */
export class TableDesk extends TestDesk {
  readonly imports: TableImports = importsOf(this.app)

  constructor(folder?: string) {
    super(folder)
    for (const [login, displayName, role] of [['zhou', '周敏', 'dispatcher'], ['chen.li', '陈立', 'engineer'], ['admin', '管理员', 'admin']] as const) {
      this.do('user.add', { login, displayName, roles: [role] })
    }
  }

  do(name: string, input: object): Record<string, unknown> {
    const result = this.app.pipeline.execute({ id: crypto.randomUUID(), name, input, actor: { kind: 'user', id: 'admin' } })
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.refusal)}`)
    return result.value
  }

  /** Read, with its columns matched. */
  async bring(kind: TableKind, content: string | Uint8Array, name = 'table.csv'): Promise<TableImport> {
    const file = join(this.folder, name)
    writeFileSync(file, content)
    const begun = await this.imports.begin({ kind, file: name, by: 'admin' }, (to) => copyFile(file, to))
    if (!begun.ok) throw new Error(JSON.stringify(begun.refusal))
    await this.imports.settled(begun.value.id)
    return this.find(begun.value.id)
  }

  find(id: string): TableImport {
    const found = this.imports.find(id)
    if (!found) throw new Error(`no import ${id}`)
    return found
  }

  /** The dry run; as a table of what would become of it. */
  async check(kind: TableKind, content: string | Uint8Array, options: Partial<TableOptions> = {}): Promise<TableImport> {
    const job = await this.bring(kind, content)
    if (job.state !== 'matching') throw new Error(JSON.stringify(job.refusal))
    const begun = this.imports.check(job, job.columns, { ...DEFAULT_OPTIONS, ...options })
    if (!begun.ok) throw new Error(JSON.stringify(begun.refusal))
    await this.imports.settled(job.id)
    return this.find(job.id)
  }

  async apply(job: TableImport): Promise<TableImport> {
    const begun = this.imports.apply(job)
    if (!begun.ok) throw new Error(JSON.stringify(begun.refusal))
    await this.imports.settled(job.id)
    return this.find(job.id)
  }

  async take(kind: TableKind, content: string | Uint8Array, options: Partial<TableOptions> = {}): Promise<TableImport> {
    return this.apply(await this.check(kind, content, options))
  }

  async issues(job: TableImport): Promise<TableIssue[]> {
    return (await readIssues(filesOf(this.folder, job.id).issues, { offset: 0, limit: 1000 })).issues
  }

  /** What is said, in Chinese. */
  async said(job: TableImport): Promise<string[]> {
    return (await this.issues(job)).map((issue) => issueText(job.kind, issue, 'zh-CN'))
  }

  rows(table: string): Record<string, unknown>[] {
    return this.app.db.raw.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]
  }

  get events(): number {
    return this.app.log.head.seq
  }
}
