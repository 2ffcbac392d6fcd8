import type { Page } from 'playwright-core'

/** One page in one condition: who looks at it, where it is, and what shows that it has come. */
export interface Scene {
  readonly name: string
  readonly path: string
  /** What stands on the page when it is filled. */
  readonly ready: string
  /** A login of the demo; absent: the administrator. */
  readonly login?: string
  /** What is done before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>
  /** Begins the names of the queries that fill it: they are held up and failed for its waiting and failed pictures. */
  readonly asks?: string
  /** What stands there on a desk where nothing has happened yet. */
  readonly empty?: string
  /** Who may not see it. */
  readonly forbidden?: string
  readonly isEnglishToo?: true
  /** On a desk with 300 engineers, and on a 4K screen too. */
  readonly isCrowded?: true
  /** At 390 px, as on a telephone. */
  readonly isSmallToo?: true
}

const click = (...selectors: string[]) => async (page: Page): Promise<void> => {
  for (const selector of selectors) await page.locator(selector).first().click()
}
const clickThenSee = (selector: string, shown: string) => async (page: Page): Promise<void> => {
  await page.locator(selector).first().click()
  await page.locator(shown).first().waitFor()
}
const press = (key: string, shown = '[role=dialog]:visible') => async (page: Page): Promise<void> => {
  await page.keyboard.press(key)
  await page.locator(shown).first().waitFor()
}
const all = (...deeds: ((page: Page) => Promise<void>)[]) => async (page: Page): Promise<void> => {
  for (const deed of deeds) await deed(page)
}
const CARD = '[data-card]'
const ROW = '.rows [role=option]'
const openFirst = clickThenSee(ROW, '[data-record]')
const openOrder = (stage: string) => clickThenSee(`[data-stage=${stage}] [data-card]`, '[role=tab]')

const board: readonly Scene[] = [
  { name: 'board', path: '/board', ready: CARD, asks: 'board.', empty: '.state, .nothing, [data-stage]', isEnglishToo: true, isSmallToo: true },
  { name: 'board-dispatcher', path: '/board', ready: CARD, login: 'dispatcher' },
  { name: 'board-lanes', path: '/board', ready: CARD, act: press('Shift+L', '.lane, [data-lane]') },
  { name: 'order', path: '/board', ready: CARD, login: 'supervisor', act: openOrder('partsLock'), isEnglishToo: true, isSmallToo: true },
  { name: 'order-timeline', path: '/board', ready: CARD, act: all(openOrder('onsite'), click('#tab-timeline')) },
  { name: 'order-audit', path: '/board', ready: CARD, act: all(openOrder('onsite'), click('#tab-audit')) },
  { name: 'order-deadline', path: '/board', ready: CARD, act: all(openOrder('diagnosis'), click('#tab-deadline')) },
  { name: 'order-missing', path: '/board', ready: CARD, login: 'supervisor', act: all(openOrder('onsite'), press('f')) },
  { name: 'order-book', path: '/board', ready: CARD, login: 'dispatcher', act: all(openOrder('scheduling'), press('t')) },
  { name: 'shortcuts', path: '/board', ready: CARD, act: press('?') },
  { name: 'palette', path: '/board', ready: CARD, act: all(press('/', '#found [role=option]'), (page) => page.locator('#search').pressSequentially('苏州', { delay: 20 }), (page) => page.locator('#found [role=option]').filter({ hasText: '苏州' }).first().waitFor()) },
  { name: 'promises', path: '/promises', ready: '[data-promise]', login: 'supervisor', asks: 'promise.', empty: '.state', isEnglishToo: true, isSmallToo: true },
  { name: 'orders', path: '/orders', ready: '[data-order]', asks: 'workOrder.list', empty: '.state', isEnglishToo: true, isSmallToo: true },
  {
    name: 'register',
    path: '/register',
    ready: '#reg-customer',
    login: 'dispatcher',
    forbidden: 'finance',
    isEnglishToo: true,
    isSmallToo: true,
    async act(page) {
      await page.locator('#reg-customer').pressSequentially('苏州利元', { delay: 30 })
      await page.getByRole('option', { name: '苏州利元' }).first().click()
      await page.locator('.old').first().waitFor()
    },
  },
  { name: 'register-blank', path: '/register', ready: '#reg-customer', login: 'dispatcher' },
]

const dispatch: readonly Scene[] = [
  { name: 'dispatch', path: '/dispatch', ready: '[data-visit]', login: 'dispatcher', asks: 'dispatch.', empty: '.state', forbidden: 'finance', isEnglishToo: true, isSmallToo: true },
  { name: 'dispatch-week', path: '/dispatch?view=week', ready: '[data-engineer]', login: 'dispatcher' },
  { name: 'dispatch-map', path: '/dispatch', ready: '[data-visit]', login: 'dispatcher', act: clickThenSee('button[data-map]', '[data-day-map]') },
  { name: 'dispatch-suggest', path: '/dispatch', ready: '[data-waiting]', login: 'dispatcher', act: all((page) => page.locator('[data-waiting]').nth(3).click(), (page) => page.locator('[data-option], [data-left-out]').first().waitFor()), isEnglishToo: true },
  { name: 'dispatch-visit', path: '/dispatch', ready: '[data-visit]', login: 'dispatcher', act: clickThenSee('[data-visit]', '[data-side]') },
  {
    name: 'dispatch-plan',
    path: '/dispatch',
    ready: '[data-waiting]',
    login: 'dispatcher',
    act: clickThenSee('[data-open=plan]', '[data-plan-start]'),
  },
  {
    name: 'dispatch-compare',
    path: '/dispatch',
    ready: '[data-waiting]',
    login: 'dispatcher',
    act: all(clickThenSee('[data-open=plan]', '[data-plan-start]'), clickThenSee('[data-plan-start]', '[data-plan-accept]')),
    isEnglishToo: true,
  },
  { name: 'dispatch-crowd', path: '/dispatch', ready: '[data-visit]', login: 'dispatcher', isCrowded: true },
  { name: 'dispatch-numbers', path: '/dispatch/numbers', ready: '[data-finding], .state', asks: 'dispatch.', empty: '.state', isEnglishToo: true },
  { name: 'my-day', path: '/my-day', ready: '[data-my-visit], .state', login: 'engineer', asks: 'dispatch.myDay', isSmallToo: true },
  { name: 'engineers', path: '/engineers', ready: ROW, act: openFirst, asks: 'roster.', empty: '.state, .rows', isEnglishToo: true },
  { name: 'shifts', path: '/shifts', ready: '[data-engineer]', asks: 'roster.', empty: '.state, table', isEnglishToo: true },
  { name: 'skills', path: '/skills', ready: '[data-skill]', asks: 'skill.', empty: '.state' },
]

const master: readonly Scene[] = [
  { name: 'customers', path: '/customers', ready: ROW, act: openFirst, asks: 'customer.', empty: '.state', isEnglishToo: true, isSmallToo: true },
  { name: 'machines', path: '/machines', ready: ROW, act: openFirst, asks: 'equipment.', empty: '.state' },
  { name: 'contracts', path: '/contracts', ready: ROW, act: openFirst, asks: 'contract.', empty: '.state' },
  { name: 'parts', path: '/parts', ready: ROW, act: openFirst, asks: 'stock.', empty: '.state', isEnglishToo: true },
  { name: 'providers', path: '/providers', ready: ROW, act: openFirst, asks: 'provider.', empty: '.state' },
  { name: 'known-defects', path: '/known-defects', ready: ROW, act: openFirst, asks: 'knownDefect.', empty: '.state' },
]

const money: readonly Scene[] = [
  { name: 'finance', path: '/finance', ready: ROW, login: 'finance', act: openFirst, asks: 'finance.', empty: '.state', forbidden: 'engineer', isEnglishToo: true },
  { name: 'finance-billed', path: '/finance', ready: ROW, login: 'finance', act: all(click('[data-step=billed]'), openFirst) },
  { name: 'reconcile', path: '/finance/reconcile', ready: '[data-finding], .state', login: 'finance', asks: 'finance.' },
  { name: 'months', path: '/finance/months', ready: '[data-month]', login: 'finance', asks: 'monthEnd.', empty: '.state', isEnglishToo: true },
  { name: 'prices', path: '/finance/prices', ready: ROW, login: 'finance', act: openFirst, asks: 'priceList.', empty: '.state' },
]

const insight: readonly Scene[] = [
  { name: 'insight', path: '/insight', ready: 'canvas', login: 'director', asks: '{insight,perceivedTime}.', empty: '[role=tabpanel]', isEnglishToo: true, isSmallToo: true },
  ...(['rates', 'standing', 'waits'] as const).map((name) => ({
    name: `insight-${name}`,
    path: '/insight',
    ready: `[data-board=${name}]`,
    login: 'director',
    act: clickThenSee(`[data-board=${name}]`, `[data-board=${name}][aria-selected=true]`),
  })),
  { name: 'rescue', path: '/rescue', ready: '[data-endangered], .state', login: 'supervisor', asks: 'rescue.', empty: '.state', isEnglishToo: true },
  { name: 'reports', path: '/reports', ready: '[data-make]', login: 'supervisor', act: clickThenSee('[data-make]', '[data-report]'), asks: 'report.', empty: '.state', isEnglishToo: true },
  { name: 'patterns', path: '/patterns', ready: '[data-find]', login: 'lead', act: clickThenSee('[data-find]', '[data-finding]'), asks: 'pattern.', empty: '.state' },
  { name: 'time-machine', path: '/time-machine', ready: '[data-look]', login: 'supervisor', act: clickThenSee('[data-look]', '[data-card-then]') },
]

const office: readonly Scene[] = [
  { name: 'notices', path: '/notices', ready: '[data-notice], .state', login: 'supervisor', asks: 'notification.', empty: '.state', isSmallToo: true },
  { name: 'audit', path: '/audit', ready: '[data-event]', asks: 'audit.', forbidden: 'engineer', isEnglishToo: true },
  ...(
    [
      ['company', '[data-setting]', 'setting.'],
      ['board', '[data-setting]', 'setting.'],
      ['perceived', '[data-setting]', 'setting.'],
      ['wall', '[data-setting]', 'setting.'],
      ['notification', '[data-setting]', 'setting.'],
      ['dispatch', '[data-setting]', 'setting.'],
      ['workflow', '[data-stage-settings]', 'configuration.'],
      ['sla', '[data-timer]', 'configuration.'],
      ['calendar', '[data-day]', 'configuration.'],
      ['backup', '.job', 'system.'],
      ['about', 'dl, .fact', 'system.'],
    ] as const
  ).map(([id, ready, asks]) => ({ name: `settings-${id}`, path: `/settings/${id}`, ready, asks, forbidden: 'finance' })),
  { name: 'users', path: '/settings/users', ready: '[data-user]', act: clickThenSee('[data-user]', '[data-user-panel]'), asks: 'user.', forbidden: 'finance', isEnglishToo: true },
  { name: 'roles-below', path: '/settings/roles', ready: '.cell', act: (page) => page.locator('.cell').last().scrollIntoViewIfNeeded() },
  { name: 'roles', path: '/settings/roles', ready: '.cell', asks: 'user.', isEnglishToo: true },
  { name: 'live', path: '/live', ready: '[data-live-step]', asks: 'live.state', forbidden: 'finance', isEnglishToo: true },
  { name: 'live-import', path: '/import/customers', ready: '[data-import]', forbidden: 'finance' },
]

export const SCENES: readonly Scene[] = [...board, ...dispatch, ...master, ...money, ...insight, ...office]
