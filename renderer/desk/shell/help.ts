import { ref } from 'vue'
import { defineStore } from 'pinia'

/** Whether the list of shortcuts is open. */
export const useHelp = defineStore('help', () => ({ open: ref(false) }))
