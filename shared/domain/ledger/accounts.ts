/** Accounts of the ledger: 应收账款, 银行存款, 待确认收入, 服务收入, 销项税额, 备件成本, 库存备件. */
export const ACCOUNTS = ['receivable', 'bank', 'deferred', 'revenue', 'vat', 'partsCost', 'inventory'] as const
export type Account = (typeof ACCOUNTS)[number]

/** Fen by account: debit above zero, credit below. The amounts of one entry sum to zero. */
export type Posting = Readonly<Partial<Record<Account, number>>>

export const isBalanced = (posting: Posting): boolean =>
  ACCOUNTS.reduce((sum, account) => sum + (posting[account] ?? 0), 0) === 0

export const opposite = (posting: Posting): Posting =>
  Object.fromEntries(Object.entries(posting).map(([account, fen]) => [account, fen === 0 ? 0 : -fen]))
