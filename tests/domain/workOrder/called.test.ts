import { describe, expect, it } from 'vitest'
import type { Role } from '#shared/domain/user/fold.ts'
import { whoIsCalled, type People, type Person } from '#shared/domain/workOrder/called.ts'

const NOON = 12

const at = (id: string, change: Partial<Person> = {}): Person => ({ id, disabled: false, absence: null, ...change })
const away = (id: string, deputy: string | null): Person => at(id, { absence: { from: 10, to: 20, deputy } })

function team(holders: Partial<Record<Role, Person[]>>): People {
  const everyone = Object.values(holders).flat()
  return {
    withRole: (role) => holders[role] ?? [],
    byId: (id) => everyone.find((person) => person.id === id),
  }
}

describe('who is called', () => {
  it('calls everyone in the role, the owner first', () => {
    const people = team({ technicalLead: [at('li'), at('wang'), at('zhao')] })
    expect(whoIsCalled('technicalLead', people, NOON, 'wang')).toEqual({
      called: [{ user: 'wang' }, { user: 'li' }, { user: 'zhao' }],
    })
  })

  it('calls the deputy of whoever is on leave, and the deputy of the deputy', () => {
    const people = team({ technicalLead: [away('li', 'wang')], engineer: [away('wang', 'zhao'), at('zhao')] })
    expect(whoIsCalled('technicalLead', people, NOON, null)).toEqual({ called: [{ user: 'zhao', insteadOf: 'li' }] })
  })

  it('takes a leave as half-open', () => {
    const people = team({ director: [away('li', 'wang')], engineer: [at('wang')] })
    expect(whoIsCalled('director', people, 9, null).called).toEqual([{ user: 'li' }])
    expect(whoIsCalled('director', people, 10, null).called).toEqual([{ user: 'wang', insteadOf: 'li' }])
    expect(whoIsCalled('director', people, 20, null).called).toEqual([{ user: 'li' }])
  })

  it('calls one person once, in his own name where he has the role himself', () => {
    const people = team({ technicalLead: [away('li', 'wang'), at('wang')] })
    expect(whoIsCalled('technicalLead', people, NOON, null).called).toEqual([{ user: 'wang' }])
  })

  it('breaks a ring of deputies and goes up instead', () => {
    const people = team({ technicalLead: [away('li', 'wang'), away('wang', 'li')], supervisor: [at('sun')] })
    expect(whoIsCalled('technicalLead', people, NOON, null)).toEqual({
      called: [{ user: 'sun' }],
      fellUpTo: 'supervisor',
    })
  })

  it('falls up step by step to the administrator, and never down', () => {
    const people = team({ supervisor: [at('sun')], admin: [at('root')] })
    expect(whoIsCalled('director', people, NOON, null)).toEqual({ called: [{ user: 'root' }], fellUpTo: 'admin' })
  })

  it('calls nobody who is disabled, as deputy neither', () => {
    const people = team({
      dispatcher: [away('li', 'wang'), at('he', { disabled: true })],
      engineer: [at('wang', { disabled: true })],
    })
    expect(whoIsCalled('dispatcher', people, NOON, null)).toEqual({ called: [] })
  })
})
