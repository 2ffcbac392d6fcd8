import * as contract from '#shared/contract/roster.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import * as roster from '#shared/domain/roster/decide.ts'
import { shiftMonthId } from '#shared/domain/roster/monthFold.ts'
import { dayIn } from '#shared/domain/roster/zoneTime.ts'
import { rosterPort } from '../../connectors/roster/index.ts'
import { localShifts } from '../../connectors/roster/local.ts'
import { handler, type CommandContext, type HandlerResult } from '../../kernel/pipeline.ts'
import { one } from '../../store/sql.ts'
import { readSetting } from '../setting/read.ts'

function isEngineer({ load }: CommandContext, engineer: string): boolean {
  const { exists, roles } = load('user', engineer).state
  return exists && roles.includes('engineer')
}

/** A decision about an engineer, whoever is active or not: his past is kept too. */
function about<Answer extends object>(
  context: CommandContext,
  engineer: string,
  decide: () => Result<readonly EventDraft[]>,
  answer: Answer,
): HandlerResult<Answer> {
  if (!isEngineer(context, engineer)) return refuse('notEngineer', 'engineer', { user: engineer })
  const decided = decide()
  return decided.ok ? accept({ events: decided.value, answer }) : decided
}

const zoneOf = ({ db }: CommandContext): string => readSetting(db, 'company.timeZone')

const sightOf = (context: CommandContext, engineer: string): roster.ShiftSight => ({
  zone: zoneOf(context),
  singles: (span) => localShifts.singles(context.db, engineer, span),
  skipped: (span) => localShifts.skipped(context.db, engineer, span),
})

const profileOf = ({ load }: CommandContext, engineer: string) => load('engineerProfile', engineer).state
const monthOf = ({ load }: CommandContext, engineer: string, day: string) =>
  load('shiftMonth', shiftMonthId(engineer, day)).state

export const rosterCommands = [
  handler(contract.setProfile, ({ engineer, base, ...input }, context) => {
    const { state, last } = context.load('engineerProfile', engineer)
    if (base !== undefined && last?.id !== base) return refuse('staleRecord', 'base')
    const knows = (skill: string): boolean => context.load('skill', skill).state.exists
    return about(context, engineer, () => roster.decideProfile(state, input, knows), {})
  }),
  handler(contract.addRotation, ({ engineer, ...pattern }, context) => {
    const id = context.commandId
    const rotation = { id, zone: zoneOf(context), ...pattern }
    const decide = () => roster.decideRotation(profileOf(context, engineer), rotation, sightOf(context, engineer))
    return about(context, engineer, decide, { id })
  }),
  handler(contract.endRotation, ({ engineer, rotation, until }, context) =>
    about(context, engineer, () => roster.decideEndRotation(profileOf(context, engineer), rotation, until), {}),
  ),
  handler(contract.skipRotationDay, ({ engineer, day, skip }, context) => {
    const sight = sightOf(context, engineer)
    const decide = () => roster.decideSkip(profileOf(context, engineer), monthOf(context, engineer, day), day, skip, sight)
    return about(context, engineer, decide, {})
  }),
  handler(contract.addShift, ({ engineer, from, to }, context) => {
    const id = context.commandId
    return about(context, engineer, () => decideShift(context, engineer, { id, from, to }, null), { id })
  }),
  handler(contract.changeShift, ({ engineer, shift, day, from, to }, context) =>
    about(context, engineer, () => decideShift(context, engineer, { id: shift, from, to }, day), {}),
  ),
  handler(contract.removeShift, ({ engineer, shift, day }, context) =>
    about(context, engineer, () => roster.decideRemoveShift(monthOf(context, engineer, day), shift), {}),
  ),
  handler(contract.addLeave, ({ engineer, from, to }, context) => {
    const id = context.commandId
    const decide = () => roster.decideLeave(profileOf(context, engineer), { id, from, to }, zoneOf(context))
    return about(context, engineer, decide, { id, booked: bookedWithin(context, engineer, from, to) })
  }),
  handler(contract.withdrawLeave, ({ engineer, leave }, context) =>
    about(context, engineer, () => roster.decideWithdrawLeave(profileOf(context, engineer), leave), {}),
  ),
]

/** What he has to do within a span: for whoever gives him leave, to find somebody else. */
function bookedWithin({ db }: CommandContext, engineer: string, from: number, to: number): { order: string; number: string; from: number; to: number }[] {
  const booked = rosterPort.read(db, { from, to }, [engineer])[0]?.booked ?? []
  return booked.flatMap(({ order, ...slot }) => {
    if (slot.from >= to || slot.to <= from) return []
    const number = one<{ number: string }>(db, 'SELECT number FROM work_order WHERE id = ?', order)?.number ?? order
    return [{ order, number, from: slot.from, to: slot.to }]
  })
}

function decideShift(
  context: CommandContext,
  engineer: string,
  shift: { id: string; from: number; to: number },
  moved: string | null,
): Result<readonly EventDraft[]> {
  const day = dayIn(zoneOf(context), shift.from)
  const month = (of: string) => monthOf(context, engineer, of)
  return roster.decideShift(profileOf(context, engineer), month, { ...shift, day }, moved, sightOf(context, engineer))
}
