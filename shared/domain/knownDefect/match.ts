import type { DefectSigns } from './fold.ts'

/** What is known of a machine that fails. */
export interface Report {
  readonly model: string
  readonly symptom: string
  readonly firmware: string | null
}

/** As people type it: width, case and spaces tell no two words apart. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, '')

export function shows(defect: DefectSigns, report: Report): boolean {
  if (report.model === '' || !plain(report.model).startsWith(plain(defect.model))) return false
  if (defect.firmware !== null && !plain(report.firmware ?? '').startsWith(plain(defect.firmware))) return false
  const symptom = plain(report.symptom)
  return defect.symptoms.length === 0 || defect.symptoms.some((word) => symptom.includes(plain(word)))
}

/** Of the defects that show, the one that says most: model, then firmware, then symptom; then the one with the lower id. */
export function recognise<Defect extends DefectSigns & { readonly id: string }>(
  defects: readonly Defect[],
  report: Report,
): Defect | null {
  let best: Defect | null = null
  for (const defect of defects) if (shows(defect, report) && (best === null || saysMore(defect, best))) best = defect
  return best
}

function saysMore(a: DefectSigns & { id: string }, b: DefectSigns & { id: string }): boolean {
  const [left, right] = [weight(a), weight(b)]
  const at = left.findIndex((value, index) => value !== right[index])
  return at === -1 ? a.id < b.id : (left[at] ?? 0) > (right[at] ?? 0)
}

const weight = ({ model, firmware, symptoms }: DefectSigns): readonly number[] => [
  plain(model).length,
  plain(firmware ?? '').length,
  symptoms.length > 0 ? 1 : 0,
]
