import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, ContextObject, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Rules that count landmarks see only the part that is looked at. */
const WHOLE_PAGE = ['landmark-no-duplicate-banner']

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare const axe: { run(context: ContextObject, options: RunOptions): Promise<AxeResults> }

/**
 * Axe finds nothing, in both themes. `part`: the rest of the page was looked at before. Nothing but the colours
 * differs in the dark, so that they alone are looked at again.
 */
export async function clean(page: Page, part = 'html'): Promise<void> {
  // A page keeps axe until it is left; reading half a megabyte of script for each look costs more than looking.
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(AXE)
  const off = part === 'html' ? [] : WHOLE_PAGE
  const told = await page.evaluate(
    async ({ part, off }) => {
      const look = async (options: RunOptions): Promise<unknown[]> => {
        const { violations } = await axe.run({ include: [part] }, { ...options, resultTypes: ['violations'], preload: false })
        return violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html, failureSummary }) => `${html}\n${failureSummary}`)])
      }
      const { dataset } = document.documentElement
      const theme = dataset['theme'] ?? 'light'
      const asItStands = await look({ rules: Object.fromEntries(off.map((id) => [id, { enabled: false }])) })
      dataset['theme'] = theme === 'dark' ? 'light' : 'dark'
      const inTheOther = await look({ runOnly: ['color-contrast'] })
      dataset['theme'] = theme
      return [asItStands, inTheOther]
    },
    { part, off },
  )
  expect([page.url(), ...told]).toEqual([page.url(), [], []])
}
