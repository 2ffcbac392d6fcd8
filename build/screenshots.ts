// `npm run screenshots [-- NAME…] [--out FOLDER] [--no-states] [--desk URL --empty URL]`: every page at the usual sizes,
// light and dark, filled, waiting, failed, empty and forbidden, and the wall. A name takes what begins with it.
// `--desk`: of a demo desk that runs already, instead of one made for it.
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { bundle } from './bundle.mjs'
import { openPictureDesk, visitDesk, type PictureDesk } from './screenshots/desks.ts'
import { SCENES } from './screenshots/scenes.ts'
import { shoot, shootScene, withPage, type Studio } from './screenshots/studio.ts'
import { shootWall } from './screenshots/wall.ts'
import { launchBrowser } from '../tests/support/browser.ts'
import { NOON } from '../tests/support/desk.ts'

const ORDERS = 600
/** With the demo's own: 300. */
const MORE_ENGINEERS = 276
const options = { out: { type: 'string' }, 'no-states': { type: 'boolean' }, desk: { type: 'string' }, empty: { type: 'string' } } as const
const { positionals: names, values } = parseArgs({ allowPositionals: true, options })
const isAsked = (name: string): boolean => names.length === 0 || names.some((each) => name.startsWith(each))
const folder = values.out ?? 'dist/screenshots'
const begun = Date.now()
const say = (line: string): void => console.log(`${String(Math.round((Date.now() - begun) / 1000)).padStart(4)} s  ${line}`)

mkdirSync(folder, { recursive: true })
await bundle(say, { names: ['renderer'] })
const desk = values.desk === undefined ? await openPictureDesk(NOON, ORDERS) : visitDesk(values.desk)
const empty = values.empty === undefined ? await openPictureDesk(NOON, 0) : visitDesk(values.empty)
let browser = await launchBrowser()
const living = async (): Promise<Browser> => {
  if (!browser.isConnected()) browser = await launchBrowser()
  return browser
}
const opened: Promise<PictureDesk>[] = []
const crowd = (): Promise<PictureDesk> => {
  if (opened.length === 0) opened.push(openPictureDesk(NOON, ORDERS, MORE_ENGINEERS))
  return opened[0] ?? crowd()
}
const studio: Studio = { crowd, browser: living, desk, empty, folder, now: NOON, isStatesToo: values['no-states'] !== true }
const problems: string[] = []
try {
  if (isAsked('sign-in')) {
    await withPage(studio, desk, undefined, 'zh-CN', { width: 1366, height: 768 }, async (page) => {
      await page.goto(desk.url)
      await page.locator('[data-login]').first().waitFor()
      await shoot(studio, page, 'sign-in')
    })
  }
  for (const scene of SCENES.filter(({ name }) => isAsked(name))) {
    const found = await shootScene(studio, scene)
    for (const problem of found) say(problem)
    if (found.length === 0) say(scene.name)
    problems.push(...found)
  }
  if (isAsked('wall')) {
    await shootWall(studio)
    say('wall')
  }
} finally {
  await browser.close()
  await desk.close()
  await empty.close()
  for (const each of opened) await (await each).close()
}
if (problems.length > 0) {
  console.error(`${String(problems.length)} pictures could not be taken:\n${problems.join('\n')}`)
  process.exitCode = 1
}
