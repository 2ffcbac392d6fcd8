/** Pages that stand beside each other under one place of the navigation. */
export const LOOKOUTS = ['rescue', 'reports', 'patterns', 'timeMachine'] as const
