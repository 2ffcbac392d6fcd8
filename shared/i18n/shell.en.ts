import type { shellWordsZh } from './shell.zh-CN.ts'

/** The same in English. */
export const shellWordsEn: typeof shellWordsZh = {
  nav: {
    label: 'Main',
    board: 'Board',
    promises: 'Promises',
    orders: 'Orders',
    register: 'Register',
    customers: 'Customers',
    machines: 'Machines',
    contracts: 'Contracts',
    parts: 'Parts',
    audit: 'Audit',
    settings: 'Settings',
    notices: 'Notices',
  },
  title: {
    board: 'Board',
    promises: 'Promises',
    orders: 'Orders',
    register: 'Register order',
    customers: 'Customers',
    machines: 'Machines',
    contracts: 'Service contracts',
    parts: 'Parts and stock',
    audit: 'Audit',
    settings: 'Settings',
    notices: 'Notices',
  },
}
