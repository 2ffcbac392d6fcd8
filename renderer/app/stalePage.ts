import type { Result } from '#shared/domain/kernel/refusal.ts'

/** The list cannot go on from where it stands: it is read from its start again, and nobody has to do anything. */
export const isStalePage = (answer: Result<unknown>): boolean => !answer.ok && answer.refusal.code === 'stalePage'
