import type { Action, PermissionSubject } from '#shared/contract/define.ts'

export interface Section {
  readonly id: string
  readonly needs: readonly [Action, PermissionSubject]
}
const read = ['read', 'Configuration'] as const
const people = ['manage', 'User'] as const
const upkeep = ['manage', 'Desk'] as const

/** The settings in groups, as the page lists them; each is a page of its own under `/settings/`. */
export const GROUPS: readonly { readonly id: string; readonly sections: readonly Section[] }[] = [
  {
    id: 'groupCenter',
    sections: [
      { id: 'company', needs: read },
      { id: 'board', needs: read },
      { id: 'perceived', needs: read },
      { id: 'wall', needs: read },
      { id: 'notification', needs: read },
      { id: 'dispatch', needs: read },
    ],
  },
  {
    id: 'groupRules',
    sections: [
      { id: 'workflow', needs: read },
      { id: 'sla', needs: read },
      { id: 'calendar', needs: read },
    ],
  },
  {
    id: 'groupPeople',
    sections: [
      { id: 'users', needs: people },
      { id: 'roles', needs: read },
    ],
  },
  {
    id: 'groupUpkeep',
    sections: [
      { id: 'backup', needs: upkeep },
      { id: 'about', needs: upkeep },
    ],
  },
]

export const sectionOf = (id: string): Section | undefined =>
  GROUPS.flatMap(({ sections }) => sections).find((section) => section.id === id)
