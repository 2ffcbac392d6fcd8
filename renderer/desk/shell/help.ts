import { ref } from 'vue'
import { defineStore } from 'pinia'

/** What the keyboard shows of itself: the list of shortcuts, and what may follow the first of two keys. */
export const useHelp = defineStore('help', () => ({ open: ref(false), awaitsSecond: ref(false) }))
