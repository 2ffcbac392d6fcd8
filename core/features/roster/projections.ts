import { canonical } from '#shared/domain/kernel/canonical.ts'
import type { ShiftMonthState } from '#shared/domain/roster/monthFold.ts'
import type { EngineerProfileState } from '#shared/domain/roster/profileFold.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'

const PROFILE: Table = { name: 'engineer_profile', key: ['engineer'] }
const SKILL: Table = { name: 'engineer_skill', key: ['engineer', 'skill'] }
const ROTATION: Table = { name: 'rotation', key: ['engineer', 'id'] }
const LEAVE: Table = { name: 'engineer_leave', key: ['engineer', 'id'] }
const SHIFT: Table = { name: 'single_shift', key: ['engineer', 'id'] }
const SKIPPED: Table = { name: 'skipped_day', key: ['engineer', 'day'] }
const LOST: Table = { name: 'lost_shift', key: ['engineer', 'event'] }

function profileRow(state: EngineerProfileState | null): readonly Row[] {
  if (!state?.known) return []
  const { id, home, territory, vehicle, overtimeMin, lunch, hourCostFen } = state
  return [
    {
      engineer: id,
      home_name: home?.name ?? null,
      home_lat: home?.lat ?? null,
      home_lon: home?.lon ?? null,
      territory_name: territory?.name ?? null,
      territory_km: territory?.radiusKm ?? null,
      vehicle,
      overtime_min: overtimeMin,
      lunch: lunch && canonical(lunch),
      hour_cost_fen: hourCostFen,
    },
  ]
}

const skillRows = (state: EngineerProfileState | null): readonly Row[] =>
  (state?.skills ?? []).map(({ skill, level, certificate, validUntil }) => ({
    engineer: state?.id ?? '',
    skill,
    level,
    certificate,
    valid_until: validUntil,
  }))

const rotationRows = (state: EngineerProfileState | null): readonly Row[] =>
  (state?.rotations ?? []).map(({ id, from, until, zone, cycleDays, shifts }) => ({
    engineer: state?.id ?? '',
    id,
    from_day: from,
    until_day: until,
    zone,
    cycle_days: cycleDays,
    shifts: canonical(shifts),
  }))

const leaveRows = (state: EngineerProfileState | null): readonly Row[] =>
  (state?.leaves ?? []).map(({ id, from, to }) => ({ engineer: state?.id ?? '', id, from_at: from, to_at: to }))

export const profileProjection: Projection<EngineerProfileState> = {
  kind: 'engineerProfile',
  version: 2,
  tables: [PROFILE.name, SKILL.name, ROTATION.name, LEAVE.name],
  write(db, _id, before, after) {
    replaceRows(db, PROFILE, profileRow(before), profileRow(after))
    if (before?.skills !== after.skills) replaceRows(db, SKILL, skillRows(before), skillRows(after))
    if (before?.rotations !== after.rotations) replaceRows(db, ROTATION, rotationRows(before), rotationRows(after))
    if (before?.leaves !== after.leaves) replaceRows(db, LEAVE, leaveRows(before), leaveRows(after))
  },
}

const shiftRows = (state: ShiftMonthState | null): readonly Row[] =>
  (state?.shifts ?? []).map(({ id, day, from, to }) => ({ engineer: state?.engineer ?? '', id, day, from_at: from, to_at: to }))

const skippedRows = (state: ShiftMonthState | null): readonly Row[] =>
  (state?.skipped ?? []).map((day) => ({ engineer: state?.engineer ?? '', day }))

const lostRows = (state: ShiftMonthState | null): readonly Row[] =>
  (state?.lost ?? []).map(({ event, shift, from, to, actor }) => ({
    engineer: state?.engineer ?? '',
    event,
    shift,
    from_at: from,
    to_at: to,
    by_user: actor,
  }))

export const monthProjection: Projection<ShiftMonthState> = {
  kind: 'shiftMonth',
  version: 1,
  tables: [SHIFT.name, SKIPPED.name, LOST.name],
  write(db, _id, before, after) {
    if (before?.shifts !== after.shifts) replaceRows(db, SHIFT, shiftRows(before), shiftRows(after))
    if (before?.skipped !== after.skipped) replaceRows(db, SKIPPED, skippedRows(before), skippedRows(after))
    if (before?.lost !== after.lost) replaceRows(db, LOST, lostRows(before), lostRows(after))
  },
}
