import type { RouteRecordRaw } from 'vue-router'

/** Pages of finance; the order that is open is part of the address: `/finance?id=…`. */
export const financeRoutes: RouteRecordRaw[] = [
  { path: 'finance', name: 'finance', component: () => import('./FinancePage.vue') },
  { path: 'finance/reconcile', name: 'reconcile', component: () => import('./ReconcilePage.vue') },
  { path: 'finance/months', name: 'months', component: () => import('./MonthsPage.vue') },
  { path: 'finance/prices', name: 'prices', component: () => import('./PricesPage.vue') },
]
