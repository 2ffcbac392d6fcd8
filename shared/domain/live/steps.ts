/** The way from the first start to real orders, in the order in which it is gone. */
export const LIVE_STEPS = ['choose', 'company', 'calendar', 'people', 'import', 'tasks'] as const
export type LiveStep = (typeof LIVE_STEPS)[number]

/** What should be so before the desk is relied on. */
export const LIVE_TASKS = [
  'realData',
  'companyName',
  'customers',
  'machines',
  'parts',
  'engineers',
  'passwords',
  'secondAdmin',
  'rolesFilled',
  'contactPhones',
  'deputies',
  'calendarYear',
  'nextYear',
  'backupPlace',
  'backupDone',
  'wallToken',
  'firstOrder',
] as const
export type LiveTaskId = (typeof LIVE_TASKS)[number]

/** What is typed by hand before the demo data goes; either language. */
export const CONFIRMATION = { 'zh-CN': '清除演示数据', en: 'clear the demo data' } as const

export const isConfirmed = (typed: string): boolean => {
  const plain = typed.trim().replace(/\s+/g, ' ').toLowerCase()
  return Object.values(CONFIRMATION).some((phrase) => phrase.toLowerCase() === plain)
}
