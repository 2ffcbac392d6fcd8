import type { PriceRow } from '#shared/contract/priceList.ts'
import { VAT_RATES } from '#shared/domain/finance/money.ts'
import { PRICE_KINDS, type PriceKind } from '#shared/domain/priceList/fold.ts'
import { i18n } from '../../words/index.ts'
import type { FormField, FormValues } from '../master/form.ts'
import { asTyped, fenOf, rateText } from './money.ts'

/** The boxes of a line of the price list, as somebody reads one out. */
export function priceFields(): FormField[] {
  const { t } = i18n.global
  return [
    { name: 'name', label: t('masterField.name'), needed: true, max: 120 },
    { name: 'kind', label: t('masterField.kind'), kind: 'choice', choices: PRICE_KINDS.map((value) => ({ value, label: t(`priceKind.${value}`) })) },
    { name: 'unit', label: t('stock.unit'), needed: true, max: 12 },
    { name: 'price', label: t('financePage.unitPrice'), needed: true, max: 20 },
    { name: 'vatRate', label: t('financePage.rate'), kind: 'choice', choices: VAT_RATES.map((rate) => ({ value: String(rate), label: rateText(rate) })) },
    { name: 'cost', label: t('financePage.cost'), max: 20 },
  ]
}

export const typedOf = ({ name, kind, unit, unitFen, vatRate, costFen }: PriceRow): FormValues => ({
  name,
  kind,
  unit,
  price: asTyped(unitFen),
  vatRate: String(vatRate),
  cost: costFen === null ? '' : asTyped(costFen),
})

/** What was typed; undefined: a price or a cost is no amount. */
export function termsOf({ name = '', kind = 'other', unit = '', price = '', vatRate = '0', cost = '' }: FormValues) {
  const unitFen = fenOf(price)
  const costFen = cost === '' ? null : fenOf(cost)
  if (unitFen === undefined || costFen === undefined) return undefined
  return { name, kind: kind as PriceKind, unit, unitFen, vatRate: Number(vatRate), costFen }
}
