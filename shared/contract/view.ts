import * as z from 'zod'
import { defineCommand, defineQuery } from './define.ts'
import { boardFilter, LANES } from './board.ts'
import { done, id, line } from './common.ts'
import { VIEW_PAGES } from '../domain/view/fold.ts'

/** A view is nobody's order: whoever may read orders keeps views of them. */
const permission = { action: 'read', subject: 'WorkOrder' } as const
const page = z.enum(VIEW_PAGES)

/** What a list keeps: filters by name, the columns in their order, by what it is sorted. */
const listView = z.object({
  filter: z.record(z.string().max(40), z.union([z.string().max(200), z.boolean(), z.number()])).default({}),
  columns: z.array(z.string().max(40)).max(60).optional(),
  sort: z.string().max(60).optional(),
})

/** What each page keeps under a name. Keys are only ever added: an older view stays readable. */
const content = z.discriminatedUnion('page', [
  z.object({ page: z.literal('board'), content: z.object({ filter: boardFilter, lanes: z.enum(LANES).nullable() }) }),
  z.object({ page: z.literal('orders'), content: listView }),
  z.object({ page: z.literal('promises'), content: listView }),
])
type PageContent = z.output<typeof content>
export type ViewContent = { [Page in PageContent['page']]: Extract<PageContent, { page: Page }>['content'] }

const view = z.intersection(
  content,
  z.object({ id, name: z.string(), shared: z.boolean(), owner: z.object({ id: z.string(), name: z.string() }) }),
)
export type View = z.output<typeof view>

export const saveView = defineCommand({
  name: 'view.save',
  summary: 'Keeps filters, lanes or columns of a page under a name, for oneself or for everybody.',
  input: z.object({ view: id.optional(), name: line(60), shared: z.boolean().default(false), what: content }),
  output: done.extend({ id }),
  permission,
})

export const removeView = defineCommand({
  name: 'view.remove',
  summary: 'Removes a view of one’s own; administrators remove shared ones too.',
  input: z.object({ view: id }),
  output: done,
  permission,
})

export const chooseDefaultView = defineCommand({
  name: 'view.chooseDefault',
  summary: 'Says which view a page opens with for the person who asks; null: as it comes.',
  input: z.object({ page, view: id.nullable() }),
  output: done,
  permission,
})

export const listViews = defineQuery({
  name: 'view.list',
  summary: 'The views of a page that the person who asks can use, shared ones first, and the one it opens with.',
  input: z.object({ page }),
  output: z.object({ views: z.array(view), chosen: id.nullable() }),
  permission,
})
