/** What the log of a past moment answers. */
const ANSWERED: ReadonlySet<string> = new Set([
  'board', 'workOrder', 'perceivedTime', 'insight', 'workload', 'escalation', 'promise', 'customer', 'equipment', 'contract', 'provider',
  'knownDefect', 'stock', 'pace', 'engineer', 'roster',
])
/** What is of the present whenever one looks: who is looking, how he has arranged his screen, and how things are called. */
const PRESENT: ReadonlySet<string> = new Set([
  'session', 'user', 'setting', 'view', 'notification', 'configuration', 'system', 'live', 'registration', 'skill', 'absence', 'timeMachine', 'wall',
])
const featureOf = (name: string): string => name.slice(0, name.indexOf('.'))

/** By the name of a query. Of notices, sessions, reports and the like there is no past. */
export const isAnsweredInPast = (name: string): boolean => ANSWERED.has(featureOf(name))
export const isOfPresent = (name: string): boolean => PRESENT.has(featureOf(name))
