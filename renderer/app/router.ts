import { createRouter, createWebHistory } from 'vue-router'
import { settingsRoutes } from '../desk/settings/routes.ts'
import { liveRoutes } from '../desk/live/routes.ts'
import { dispatchRoutes } from '../desk/dispatch/routes.ts'
import { rosterRoutes } from '../desk/roster/routes.ts'
import { financeRoutes } from '../desk/finance/routes.ts'
import { lookoutRoutes, sheetRoute } from '../desk/report/routes.ts'
import { masterRoutes } from '../desk/master/routes.ts'
import DeskShell from '../desk/shell/DeskShell.vue'

/** The open order is part of the address: `/board?order=…` can be sent to a colleague. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    {
      path: '/',
      component: DeskShell,
      redirect: '/board',
      children: [
        { path: 'board', name: 'board', component: () => import('../desk/board/BoardPage.vue') },
        { path: 'orders', name: 'orders', component: () => import('../desk/list/OrdersPage.vue') },
        { path: 'insight', name: 'insight', component: () => import('../desk/insight/InsightPage.vue') },
        { path: 'promises', name: 'promises', component: () => import('../desk/promise/PromisesPage.vue') },
        { path: 'register', name: 'register', component: () => import('../desk/register/RegisterPage.vue') },
        { path: 'audit', name: 'audit', component: () => import('../desk/audit/AuditPage.vue') },
        settingsRoutes,
        ...liveRoutes,
        ...masterRoutes,
        ...dispatchRoutes,
        ...rosterRoutes,
        lookoutRoutes,
        ...financeRoutes,
        { path: 'notices', name: 'notices', component: () => import('../desk/notification/NoticesPage.vue') },
        {
          path: 'order',
          name: 'order',
          component: () => import('../desk/shell/OpenOrder.vue'),
          props: ({ query }) => ({ reference: String(query['ref'] ?? '') }),
        },
      ],
    },
    { path: '/order/:id/print', name: 'paper', component: () => import('../desk/order/OrderPaper.vue'), props: true },
    sheetRoute,
    { path: '/:lost(.*)*', redirect: '/board' },
  ],
})
