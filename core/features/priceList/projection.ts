import type { PriceState } from '#shared/domain/priceList/fold.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const PRICE: Table = { name: 'price_item', key: ['id'] }

function rowOf(state: PriceState | null): readonly Row[] {
  if (!state?.exists) return []
  return [
    {
      id: state.id,
      name: state.name,
      kind: state.kind,
      unit: state.unit,
      unit_fen: state.unitFen,
      vat_rate: state.vatRate,
      cost_fen: state.costFen,
      active: state.active ? 1 : 0,
      demo: state.demo ? 1 : 0,
    },
  ]
}

export const priceProjection: Projection<PriceState> = {
  kind: 'price',
  version: 1,
  tables: [PRICE.name],
  write(db, _id, before, after) {
    replaceRows(db, PRICE, rowOf(before), rowOf(after))
  },
}
