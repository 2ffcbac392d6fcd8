import type { Paper } from '#shared/contract/paper.ts'
import { accept, type Result } from '#shared/domain/kernel/refusal.ts'
import { query } from '../../api/client.ts'
import { bytesOf, handFile } from '../../app/handFile.ts'
import { i18n } from '../../words/index.ts'

/** What is printed: a daily report by its number, or a fault pattern by its id. */
export type PaperKind = 'report' | 'pattern'

const language = () => i18n.global.locale.value

export async function readPaper(kind: PaperKind, id: string): Promise<Result<{ paper: Paper | null }>> {
  return kind === 'report' ? query('report.paper', { number: id, language: language() }) : query('pattern.paper', { pattern: id, language: language() })
}

/** The PDF into the person's downloads; its name, or why there is none. */
export async function savePaper(kind: PaperKind, id: string): Promise<Result<{ file: string }>> {
  const answer = kind === 'report' ? await query('report.file', { number: id, language: language() }) : await query('pattern.file', { pattern: id, language: language() })
  if (!answer.ok) return answer
  const { file } = answer.value
  if (!file) return { ok: false, refusal: { code: kind === 'report' ? 'unknownReport' : 'unknownPattern', params: { number: id } } }
  handFile(new Blob([bytesOf(file.bytes)], { type: file.mime }), file.fileName)
  return accept({ file: file.fileName })
}
