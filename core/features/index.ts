import type { Feature } from '../kernel/feature.ts'

/** Every feature of the service center, in the order of their dependence. */
export const features: readonly Feature[] = []

