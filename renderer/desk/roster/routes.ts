/** Who can be sent, when each is on shift, and what skills there are. */
export const rosterRoutes = [
  { path: 'engineers', name: 'engineers', component: () => import('./EngineersPage.vue') },
  { path: 'shifts', name: 'shifts', component: () => import('./ShiftsPage.vue') },
  { path: 'skills', name: 'skills', component: () => import('./SkillsPage.vue') },
]
