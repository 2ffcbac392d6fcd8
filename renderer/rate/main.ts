import { createApp } from 'vue'
import { i18n } from '../words/index.ts'
import RatePage from './RatePage.vue'
import '../design/tokens.css'
import './rate.css'

// In the fragment of the link, which no browser sends to a server and no log sees.
const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '-'
createApp(RatePage, { token }).use(i18n).mount('#app')
