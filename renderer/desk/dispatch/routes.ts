/** The panel, its figures, and what an engineer sees of it. */
export const dispatchRoutes = [
  { path: 'dispatch', name: 'dispatch', component: () => import('./DispatchPage.vue') },
  { path: 'dispatch/numbers', name: 'dispatchNumbers', component: () => import('./NumbersPage.vue') },
  { path: 'my-day', name: 'myDay', component: () => import('./MyDayPage.vue') },
]
