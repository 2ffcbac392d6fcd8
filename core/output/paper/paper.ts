/** What a printed sheet says, as data: a thread of its own lays it out (LOOK, "Paper"). */
export interface Paper {
  readonly title: string
  /** Of the company. */
  readonly head: string
  /** Who made it when from what. */
  readonly lines: readonly string[]
  readonly blocks: readonly Block[]
  /** At the foot of every page; `page` holds {page} and {pages}. */
  readonly foot: readonly string[]
  readonly page: string
  /** For readers of the file. */
  readonly about: { readonly author: string; readonly madeAt: number }
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly note?: string }
  | { readonly kind: 'finding'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'figures'; readonly figures: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly Row[] }

export interface Column {
  readonly title: string
  /** Share of the width of the sheet. */
  readonly share: number
  readonly align?: 'right'
  /** A number from 0 to 1 as a hairline bar beside its text. */
  readonly bar?: true
}

export interface Row {
  readonly cells: readonly Cell[]
  /** Below the cells, over the width of the sheet: why, in words. */
  readonly note?: string
}

export interface Cell {
  readonly text: string
  /** A second, quieter line. */
  readonly under?: string
  readonly strong?: true
  readonly part?: number
}
