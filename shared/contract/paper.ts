import * as z from 'zod'

const cell = z.object({
  text: z.string(),
  /** A second, quieter line. */
  under: z.string().optional(),
  strong: z.literal(true).optional(),
  /** From 0 to 1, as a bar. */
  part: z.number().optional(),
})
const column = z.object({
  title: z.string(),
  /** Share of the width of the sheet. */
  share: z.number(),
  align: z.literal('right').optional(),
  /** A number from 0 to 1 as a hairline bar beside its text. */
  bar: z.literal(true).optional(),
})
/** `note`: below the cells, over the width of the sheet: why, in words. */
const row = z.object({ cells: z.array(cell), note: z.string().optional() })

const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: z.string(), note: z.string().optional() }),
  z.object({ kind: z.literal('finding'), text: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('figures'), figures: z.array(z.object({ label: z.string(), value: z.string() })) }),
  z.object({ kind: z.literal('table'), columns: z.array(column), rows: z.array(row) }),
])

/** What a printed sheet says, as data: the screen shows it, and a thread of its own makes a PDF of it (LOOK, "Paper"). */
export const paperSchema = z.object({
  title: z.string(),
  /** Of the company. */
  head: z.string(),
  /** Who made it when from what. */
  lines: z.array(z.string()),
  blocks: z.array(block),
  /** At the foot of every page; `page` holds {page} and {pages}. */
  foot: z.array(z.string()),
  page: z.string(),
  /** For readers of the file. */
  about: z.object({ author: z.string(), madeAt: z.number() }),
})
export type Paper = z.infer<typeof paperSchema>
export type Block = z.infer<typeof block>
export type Column = z.infer<typeof column>
export type Row = z.infer<typeof row>
export type Cell = z.infer<typeof cell>
