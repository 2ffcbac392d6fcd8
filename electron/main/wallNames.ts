import { contracts } from '#shared/contract/registry.ts'

/** All that the window of a wall display may ask: queries and topics made for one, and no command whatever. */
const wallNames: ReadonlySet<string> = new Set(
  contracts.filter(({ kind, audience }) => kind !== 'command' && audience.includes('wall')).map(({ kind, name }) => `${kind} ${name}`),
)
export const isForWalls = (kind: 'command' | 'query' | 'topic', name: string): boolean => wallNames.has(`${kind} ${name}`)
