import { i18n } from '../../words/index.ts'

/** Fen as yuan with its fen, grouped: `3,797.40`. */
export const yuan = (fen: number): string =>
  new Intl.NumberFormat(i18n.global.locale.value, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(fen / 100)

/** What somebody typed as yuan, in fen; undefined: it is no amount, or finer than a fen. */
export function fenOf(typed: string): number | undefined {
  const text = typed.trim().replace(/[,，\s¥￥]/g, '')
  if (!/^\d{1,10}(\.\d{1,2})?$/.test(text)) return undefined
  const [whole = '0', part = ''] = text.split('.')
  return Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

/** A quantity as it is typed, in thousandths; undefined: it is none. */
export function thousandthsOf(typed: string): number | undefined {
  const text = typed.trim()
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text)) return undefined
  const [whole = '0', part = ''] = text.split('.')
  const value = Number(whole) * 1000 + Number(part.padEnd(3, '0'))
  return value > 0 ? value : undefined
}

export const asTyped = (fen: number): string => (fen / 100).toFixed(2)
export const quantityText = (thousandths: number): string => String(thousandths / 1000)
/** Basis points: `6%`. */
export const rateText = (rate: number): string => `${rate / 100}%`
