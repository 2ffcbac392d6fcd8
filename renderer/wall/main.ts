import { createApp } from 'vue'
import { i18n } from '../words/index.ts'
import Wall from './Wall.vue'
import '../design/tokens.css'
import './wall.css'

createApp(Wall).use(i18n).mount('#app')
