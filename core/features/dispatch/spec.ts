/** What is to be planned. Instants UTC ms; `day` in the zone of the company. */
export interface PlanSpec {
  readonly kind: 'day' | 'ill' | 'overrun' | 'emergency'
  readonly day: string
  readonly days: number
  /** Absent: everyone. */
  readonly engineers?: readonly string[] | undefined
  /** Whether appointments that nobody pinned may be moved. */
  readonly moveBooked: boolean
  readonly event?: PlanEvent | undefined
  readonly seconds: number
  readonly seed: number
  readonly iterations?: number | undefined
}

export type PlanEvent =
  | { readonly kind: 'ill'; readonly engineer: string; readonly from: number; readonly to?: number | undefined }
  | { readonly kind: 'overrun'; readonly order: string; readonly to: number }
  | { readonly kind: 'emergency'; readonly order: string; readonly by?: number | undefined }
