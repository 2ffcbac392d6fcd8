import { createApp } from 'vue'
import { i18n } from '../words/index.ts'
import { hasEntrance, readLink } from './link.ts'
import NoLink from './NoLink.vue'
import Wall from './Wall.vue'
import '../design/tokens.css'
import './wall.css'

const token = readLink()
const app = hasEntrance(token) ? createApp(Wall, { token }) : createApp(NoLink)
app.use(i18n).mount('#app')
