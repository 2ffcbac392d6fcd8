import type { RouteRecordRaw } from 'vue-router'

/** Pages of master data; the record that is open is part of the address: `/customers?id=…`. */
export const masterRoutes: RouteRecordRaw[] = [
  { path: 'customers', name: 'customers', component: () => import('../customer/CustomersPage.vue') },
  { path: 'providers', name: 'providers', component: () => import('../provider/ProvidersPage.vue') },
  { path: 'machines', name: 'machines', component: () => import('../equipment/MachinesPage.vue') },
  { path: 'known-defects', name: 'knownDefects', component: () => import('../knownDefect/DefectsPage.vue') },
  { path: 'contracts', name: 'contracts', component: () => import('../contract/ContractsPage.vue') },
  { path: 'parts', name: 'parts', component: () => import('../stock/PartsPage.vue') },
]
