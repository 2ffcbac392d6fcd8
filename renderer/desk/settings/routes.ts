import type { RouteRecordRaw } from 'vue-router'

/** `/settings/…`; who may see which is said in `sections.ts`. */
export const settingsRoutes: RouteRecordRaw = {
  path: 'settings',
  name: 'settings',
  component: () => import('./SettingsPage.vue'),
  redirect: '/settings/company',
  meta: { place: 'settings' },
  children: [
    { path: 'company', component: () => import('./CompanySettings.vue') },
    { path: 'board', component: () => import('./BoardSettings.vue') },
    { path: 'perceived', component: () => import('./PerceivedSettings.vue') },
    { path: 'wall', component: () => import('./WallSettings.vue') },
    { path: 'notification', component: () => import('./NotificationSettings.vue') },
    { path: 'dispatch', component: () => import('./DispatchSettings.vue') },
    { path: 'workflow', component: () => import('./WorkflowSettings.vue') },
    { path: 'sla', component: () => import('./SlaSettings.vue') },
    { path: 'calendar', component: () => import('./CalendarSettings.vue') },
    { path: 'users', component: () => import('../users/UsersPage.vue') },
    { path: 'roles', component: () => import('../users/RolesPage.vue') },
    { path: 'backup', component: () => import('./BackupSettings.vue') },
    { path: 'about', component: () => import('./AboutSettings.vue') },
  ],
}
