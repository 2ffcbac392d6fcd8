import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkWorkflow } from '#shared/domain/workflow/check.ts'
import { workflowSchema, type WorkflowDefinition } from '#shared/domain/workflow/definition.ts'

const shipped = (): WorkflowDefinition =>
  workflowSchema.parse(JSON.parse(readFileSync(new URL('../../../resources/workflows/default.json', import.meta.url), 'utf8')))

/** The shipped definition with one thing broken. */
function broken(change: (definition: WorkflowDefinition) => void): string[] {
  const definition = shipped()
  change(definition)
  return checkWorkflow(definition).map(({ code, field }) => `${code} ${field ?? ''}`)
}
const stage = (definition: WorkflowDefinition, id: string) => {
  const found = definition.stages.find((candidate) => candidate.id === id)
  if (!found) throw new Error(id)
  return found
}

describe('a workflow definition', () => {
  it('that the program ships may be published', () => {
    expect(checkWorkflow(shipped())).toEqual([])
  })

  it('reaches every stage', () => {
    const problems = broken((definition) => {
      stage(definition, 'diagnosis').transitions = [{ to: 'signoff', how: 'forward' }]
    })
    expect(problems).toContain('unreachable stages.2.id')
    expect(problems).toContain('unreachable stages.4.id')
  })

  it('has no dead end, and a remote fix alone is no way through', () => {
    expect(
      broken((definition) => {
        stage(definition, 'diagnosis').transitions = [{ to: 'signoff', how: 'remoteFix' }]
      }),
    ).toContain('deadEnd stages.1.transitions')
  })

  it('names only stages that it has, each once, from intake to sign-off', () => {
    expect(broken((definition) => definition.stages.splice(3, 1))).toContain('unknownStage stages.2.transitions.0.to')
    expect(broken((definition) => definition.stages.pop())).toContain('stageMissing stages')
    expect(broken((definition) => definition.stages.push(stage(definition, 'onsite')))).toContain('stageTwice stages.6.id')
    expect(broken((definition) => definition.stages.reverse())).toContain('firstStage stages.0.id')
  })

  it('goes forward forwards and back backwards', () => {
    expect(broken((d) => stage(d, 'onsite').transitions.push({ to: 'diagnosis', how: 'forward' }))).toEqual([
      'wrongDirection stages.4.transitions.4.to',
    ])
    expect(broken((d) => stage(d, 'intakeReview').transitions.push({ to: 'signoff', how: 'sendBack' }))).toEqual([
      'wrongDirection stages.0.transitions.1.to',
    ])
    expect(broken((d) => stage(d, 'intakeReview').transitions.push({ to: 'onsite', how: 'remoteFix' }))).toEqual([
      'wrongDirection stages.0.transitions.1.to',
    ])
  })

  it('requires nothing that does not exist or that nobody was asked for', () => {
    expect(broken((d) => stage(d, 'onsite').required.push('weather'))).toEqual(['unknownField stages.4.required.4'])
    expect(broken((d) => stage(d, 'onsite').fields.push('weather'))).toEqual(['unknownField stages.4.fields.2'])
    expect(broken((d) => stage(d, 'intakeReview').required.push('solution'))).toEqual([
      'requiredNotShown stages.0.required.10',
    ])
    expect(broken((d) => stage(d, 'intakeReview').required.push('reservations'))).toEqual([
      'neverPossible stages.0.required.10',
    ])
    expect(broken((d) => stage(d, 'onsite').required.push('signature'))).toEqual(['neverPossible stages.4.required.4'])
  })

  it('adds fields under names of their own, choices with choices', () => {
    const label = { 'zh-CN': '湿度', en: 'Humidity' }
    expect(broken((d) => d.customFields.push({ id: 'cause', label, type: 'text' }))).toEqual(['fieldTwice customFields.0.id'])
    expect(broken((d) => d.customFields.push({ id: 'signature', label, type: 'text' }))).toEqual([
      'fieldTwice customFields.0.id',
    ])
    expect(broken((d) => d.customFields.push({ id: 'humidity', label, type: 'choice' }))).toEqual([
      'noChoices customFields.0.choices',
    ])
  })

  it('freezes only where parts are reserved, and says what happens then', () => {
    expect(broken((d) => stage(d, 'onsite').onEnter.push('freezeOnShortage'))).toEqual(['effectElsewhere stages.4.onEnter'])
    expect(broken((d) => delete stage(d, 'partsLock').frozenStep)).toEqual(['stepMissing stages.2.frozenStep'])
  })
})
