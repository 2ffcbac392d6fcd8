import type { RouteRecordRaw } from 'vue-router'

/** What supervisors look out by: what can be rescued, the report, what stands out, what was. */
export const lookoutRoutes: RouteRecordRaw = {
  // A path of its own: an empty one would stand for the desk's front page. The pages' addresses are their own.
  path: 'lookout',
  redirect: { name: 'rescue' },
  component: () => import('./LookoutPage.vue'),
  children: [
    { path: '/rescue', name: 'rescue', component: () => import('../rescue/RescuePage.vue') },
    { path: '/reports', name: 'reports', component: () => import('./ReportsPage.vue') },
    { path: '/patterns', name: 'patterns', component: () => import('../pattern/PatternsPage.vue') },
    { path: '/time-machine', name: 'timeMachine', component: () => import('../timeMachine/TimeMachinePage.vue') },
  ],
}

/** A sheet alone, for the print dialogue. */
export const sheetRoute: RouteRecordRaw = {
  path: '/sheet/:kind(report|pattern)/:id',
  name: 'sheet',
  component: () => import('../paper/PaperPage.vue'),
  props: true,
}
