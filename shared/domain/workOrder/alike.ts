/** As people type it: width, case, spaces and punctuation tell no two reports apart. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[\s\p{P}\p{S}]+/gu, '')

/** From here on two short reports are worth a look. */
const SHARED_SIGNS = 0.5

/**
 * Whether two reports may be about the same trouble: one holds the other, or they share half of their signs (Dice's
 * coefficient over single signs: 触摸无响应 and 触摸屏没反应 share 触, 摸, 应). Meant to warn, so rather too often.
 */
export function isAlike(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)]
  if (a === '' || b === '') return false
  if (a.includes(b) || b.includes(a)) return true
  const [left, right] = [new Set(a), new Set(b)]
  const shared = [...left].filter((sign) => right.has(sign)).length
  return (2 * shared) / (left.size + right.size) >= SHARED_SIGNS
}
