import { changeSkill, listSkills, registerSkill, type SkillRow } from '#shared/contract/skill.ts'
import { changesOf } from '#shared/domain/kernel/changes.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse } from '#shared/domain/kernel/refusal.ts'
import { SKILL_FIELDS, type SkillEvents, type SkillState } from '#shared/domain/skill/fold.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { handler, type CommandContext } from '../../kernel/pipeline.ts'
import { headOf } from '../../kernel/readState.ts'
import { replaceRows, type Row, type Table } from '../../kernel/rows.ts'
import type { Projection } from '../../kernel/subjects.ts'
import { all, one } from '../../store/sql.ts'
import { dayAt } from '../today.ts'

const SKILL: Table = { name: 'skill', key: ['id'] }

const rowOf = (state: SkillState | null): readonly Row[] =>
  state?.exists ? [{ id: state.id, name: state.name, active: state.active ? 1 : 0, demo: state.demo ? 1 : 0 }] : []

const skillProjection: Projection<SkillState> = {
  kind: 'skill',
  version: 1,
  tables: [SKILL.name],
  write: (db, _id, before, after) => replaceRows(db, SKILL, rowOf(before), rowOf(after)),
}

const draft = <Type extends keyof SkillEvents>(id: string, type: Type, data: SkillEvents[Type]): EventDraft => ({
  subject: { kind: 'skill', id },
  type,
  version: 1,
  data,
})

const isTaken = ({ db }: CommandContext, name: string, but: string): boolean =>
  one(db, 'SELECT 1 FROM skill WHERE lower(name) = lower(?) AND id <> ?', name, but) !== undefined

const LIST = `
  SELECT s.*, ${headOf("'skill:' || s.id")} AS head,
    (SELECT count(*) FROM engineer_skill AS held JOIN user_account AS u ON u.id = held.engineer AND u.disabled = 0
      WHERE held.skill = s.id AND (held.valid_until IS NULL OR held.valid_until >= :today)) AS engineers
  FROM skill AS s WHERE s.active = 1 OR :all = 1 ORDER BY s.active DESC, s.name, s.id`

/** The catalogue of what a job may ask of whoever does it. */
export const skill: Feature = {
  name: 'skill',
  commands: [
    handler(registerSkill, ({ name, demo }, context) => {
      const id = context.commandId
      if (isTaken(context, name, id)) return refuse('skillExists', 'name', { name })
      return accept({ events: [draft(id, 'skillRegistered', { name, ...(demo && { demo }) })], answer: { id } })
    }),
    handler(changeSkill, ({ skill: id, base, ...given }, context) => {
      const { state, last } = context.load('skill', id)
      if (!state.exists) return refuse('unknownSkill', 'skill', { skill: id })
      if (base !== undefined && last?.id !== base) return refuse('staleRecord', 'base')
      if (given.name !== undefined && isTaken(context, given.name, id)) return refuse('skillExists', 'name', { name: given.name })
      const changes = changesOf(SKILL_FIELDS, state, given) as SkillEvents['skillChanged']['changes']
      return accept({ events: changes.length > 0 ? [draft(id, 'skillChanged', { changes })] : [], answer: {} })
    }),
  ],
  queries: [
    query(listSkills, ({ activeOnly }, { db, now }) => ({
      skills: all<Omit<SkillRow, 'active' | 'demo'> & { active: number; demo: number }>(db, LIST, {
        today: dayAt(db, now),
        all: activeOnly ? 0 : 1,
      }).map((row) => ({ ...row, active: row.active === 1, demo: row.demo === 1 })),
    })),
  ],
  projections: [skillProjection],
}
