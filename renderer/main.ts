import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './app/App.vue'
import { router } from './app/router.ts'
import { i18n } from './words/index.ts'
import './design/elementStyles.ts'
import './design/tokens.css'
import './design/base.css'
import './design/filters.css'
import './design/element.css'

createApp(App).use(createPinia()).use(i18n).use(router).mount('#app')
