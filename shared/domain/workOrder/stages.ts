/** The six stages, in the order of a work order's life (DESIGN §2). */
export const STAGES = ['intakeReview', 'diagnosis', 'partsLock', 'scheduling', 'onsite', 'signoff'] as const
export type StageId = (typeof STAGES)[number]

export const STATUSES = ['open', 'closed', 'cancelled', 'merged'] as const
export type Status = (typeof STATUSES)[number]

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]

export const CHANNELS = ['phone', 'wechat', 'email', 'portal', 'onsite', 'other'] as const
export type Channel = (typeof CHANNELS)[number]

export const PARTIES = ['us', 'customer', 'supplier', 'erp'] as const
export type Party = (typeof PARTIES)[number]
