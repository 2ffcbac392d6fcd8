import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Proposal } from '#shared/contract/dispatchPlan.ts'
import type { CommandInput, QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, query, subscribe } from '../../api/client.ts'

type PlanAccepted = { readonly accepted: number; readonly refused: number }

/** A plan from its start to what is taken of it: asked for, followed while it runs, looked at, accepted whole or in part. */
export const usePlans = defineStore('plans', () => {
  const plan = shallowRef<Proposal>()
  /** Asked for and not answered yet. */
  const busy = ref(false)
  const refusal = ref<Refusal>()
  /** The plan that is looked at is not known any more. */
  const isGone = ref(false)
  const waiting = shallowRef<QueryOutput['dispatch.plans']['plans']>([])
  let followed: string | undefined
  let stopListening: (() => void) | undefined

  async function read(id: string): Promise<void> {
    const answer = await query('dispatch.proposal', { plan: id })
    if (followed !== id) return
    if (!answer.ok) {
      refusal.value = answer.refusal
      return
    }
    plan.value = answer.value.plan ?? undefined
    isGone.value = answer.value.plan === null
  }
  async function look(id: string): Promise<void> {
    followed = id
    plan.value = undefined
    refusal.value = undefined
    isGone.value = false
    await read(id)
  }
  async function begin(answer: Awaited<ReturnType<typeof command<'dispatch.startPlan'>>>): Promise<void> {
    busy.value = false
    if (answer.ok) await look(answer.value.plan)
    else refusal.value = answer.refusal
  }
  async function start(input: CommandInput['dispatch.startPlan']): Promise<void> {
    if (busy.value) return
    busy.value = true
    refusal.value = undefined
    await begin(await command('dispatch.startPlan', input))
  }
  async function replan(input: CommandInput['dispatch.replan']): Promise<void> {
    if (busy.value) return
    busy.value = true
    refusal.value = undefined
    await begin(await command('dispatch.replan', input))
  }
  async function cancel(keep: boolean): Promise<void> {
    if (!plan.value) return
    const answer = await command('dispatch.cancelPlan', { plan: plan.value.id, keep })
    if (!answer.ok) refusal.value = answer.refusal
    if (followed !== undefined) await read(followed)
  }
  /** @param orders undefined: all */
  async function accept(orders: readonly string[] | undefined): Promise<PlanAccepted | undefined> {
    if (!plan.value || busy.value) return undefined
    busy.value = true
    const answer = await command('dispatch.acceptPlan', { plan: plan.value.id, ...(orders && { orders: [...orders] }) })
    busy.value = false
    refusal.value = answer.ok ? undefined : answer.refusal
    if (followed !== undefined) await read(followed)
    return answer.ok ? { accepted: answer.value.accepted, refused: answer.value.refused.length } : undefined
  }
  async function discard(): Promise<void> {
    if (!plan.value) return
    const answer = await command('dispatch.discard', { plan: plan.value.id })
    if (answer.ok) forget()
    else refusal.value = answer.refusal
  }
  function forget(): void {
    followed = undefined
    plan.value = undefined
    refusal.value = undefined
    isGone.value = false
  }

  async function loadWaiting(): Promise<void> {
    const answer = await query('dispatch.plans', {})
    if (answer.ok) waiting.value = answer.value.plans.filter(({ state }) => state === 'running' || state === 'ready')
  }
  function listen(): void {
    stopListening ??= subscribe(
      'dispatchPlan',
      ({ plan: id, state, used, iterations, unserved, cost }) => {
        if (state !== 'running') void loadWaiting()
        if (id !== followed || !plan.value) return
        if (state === 'running') plan.value = { ...plan.value, progress: { used, iterations, unserved, cost } }
        else void read(id)
      },
      (connected) => {
        if (!connected) return
        void loadWaiting()
        if (followed !== undefined) void read(followed)
      },
    )
  }
  function stop(): void {
    stopListening?.()
    stopListening = undefined
  }
  return { plan, busy, refusal, isGone, waiting, look, start, replan, cancel, accept, discard, forget, loadWaiting, listen, stop }
})
