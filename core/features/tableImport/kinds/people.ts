import type { Role } from '#shared/domain/user/fold.ts'
import { phoneKey } from '#shared/domain/tableImport/normal.ts'
import type { TableRow } from '#shared/domain/tableImport/row.ts'
import { Issues, valuesOf, type Planner, type Step } from '../plan.ts'

/** Without a login of its own a person signs in with the telephone number. */
function loginOf(row: TableRow): string | undefined {
  const { text } = valuesOf(row)
  const digits = phoneKey(text('phone') ?? '')
  return text('login') ?? (digits.length >= 7 ? digits : undefined)
}

/** Accounts: with the roles that each row names, or all of them engineers. */
const people = (rolesOf: (row: TableRow) => readonly Role[]): Planner => ({
  key: (row) => loginOf(row) ?? null,

  plan(row, { known, load, options, job, nameOf }) {
    const issues = new Issues(row.line)
    const { text, list } = valuesOf(row)
    const login = loginOf(row)
    if (login === undefined) return issues.refuse('login', 'loginOrPhone')
    if (text('login') === undefined) issues.warn('login', 'loginFromPhone', { login })
    const displayName = text('displayName') ?? login
    const roles = rolesOf(row)
    const state = load('user', login)
    const steps: Step[] = []
    if (!state.exists) steps.push({ id: `imp.${job}.${row.line}`, name: 'user.add', input: { login, displayName, roles } })
    else {
      if (state.disabled) return issues.refuse('login', 'accountDisabled', { login })
      if (state.displayName !== displayName) issues.warn('displayName', 'otherName', { login, name: nameOf(login) })
      const more = roles.filter((role) => !state.roles.includes(role))
      if (more.length > 0) {
        steps.push({ id: `imp.${job}.${row.line}.roles`, name: 'user.changeRoles', input: { user: login, roles: [...state.roles, ...more] } })
      }
    }
    const [phone, skills] = [text('phone'), list('skills')]
    const hasNewPhone = phone !== undefined && phone !== state.phone
    const hasNewSkills = skills !== undefined && skills.join('\n') !== state.skills.join('\n')
    if (hasNewPhone || hasNewSkills) {
      const input = { user: login, ...(hasNewPhone && { phone }), ...(hasNewSkills && { skills }) }
      steps.push({ id: `imp.${job}.${row.line}.profile`, name: 'user.changeProfile', input })
    }
    if (steps.length === 0 || (state.exists && options.existing === 'keep')) return { action: 'skip', steps: [], issues: issues.list }
    return { action: state.exists ? 'update' : 'create', steps, issues: issues.list, note: () => known.addPerson(login, displayName) }
  },
})

export const engineers = people(() => ['engineer'])
export const users = people((row) => (valuesOf(row).list('roles') ?? []) as Role[])
