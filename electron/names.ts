import { contracts } from '#shared/contract/registry.ts'

/** What a window of the desk may reach: every name of the contract with the audience `desk`, and nothing else. */
const namesOf = (kind: 'command' | 'query' | 'topic'): ReadonlySet<string> =>
  new Set(contracts.filter((one) => one.kind === kind && one.audience.includes('desk')).map(({ name }) => name))

export const deskNames = { command: namesOf('command'), query: namesOf('query'), topic: namesOf('topic') } as const
