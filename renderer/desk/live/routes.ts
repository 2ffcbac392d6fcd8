import type { RouteRecordRaw } from 'vue-router'

/** The guide from demo to real orders, and imports beside the daily work. */
export const liveRoutes: readonly RouteRecordRaw[] = [
  { path: 'live/:step?', name: 'live', component: () => import('./LivePage.vue') },
  { path: 'import/:kind', name: 'import', component: () => import('./ImportPage.vue'), props: true },
]
