/**
 * Money of a service order. Amounts are integer fen, quantities integer thousandths, VAT rates basis points (600 is
 * 6 %). Every line is rounded by itself, half up (METRICS, "Finance"); totals are sums of rounded lines.
 */

/** The only currency that is billed. */
export const CURRENCY = 'CNY'

/** 增值税税率与征收率, basis points. */
export const VAT_RATES = [0, 100, 300, 500, 600, 900, 1300] as const

export interface PricedLine {
  /** Thousandths of the unit: 1500 is one and a half hours. */
  readonly quantity: number
  /** Fen for one unit, without VAT. */
  readonly unitFen: number
  /** Basis points. */
  readonly vatRate: number
}

export interface Amounts {
  readonly net: number
  readonly vat: number
  readonly gross: number
}

export const NOTHING: Amounts = { net: 0, vat: 0, gross: 0 }

/** `a × b ÷ divisor` rounded half up; exact where the product of two integers leaves the safe range. */
function share(a: number, b: number, divisor: number): number {
  const product = 2n * BigInt(a) * BigInt(b) + BigInt(divisor)
  return Number(product / (2n * BigInt(divisor)))
}

/** @param net fen, not negative */
export const vatOn = (net: number, vatRate: number): number => share(net, vatRate, 10_000)

export function amountsOf({ quantity, unitFen, vatRate }: PricedLine): Amounts {
  const net = share(quantity, unitFen, 1000)
  const vat = vatOn(net, vatRate)
  return { net, vat, gross: net + vat }
}

export const plus = (a: Amounts, b: Amounts): Amounts => ({
  net: a.net + b.net,
  vat: a.vat + b.vat,
  gross: a.gross + b.gross,
})

export const totalOf = (amounts: readonly Amounts[]): Amounts => amounts.reduce(plus, NOTHING)
