/** What the dialogue is opened with: a question to the planner with what is known already, or a plan to look at. */
export type PlanAsk =
  | { readonly kind: 'day' }
  | { readonly kind: 'ill'; readonly engineer?: string | undefined }
  | { readonly kind: 'overrun' | 'emergency'; readonly order?: string | undefined }
  | { readonly kind: 'look'; readonly plan: string }
