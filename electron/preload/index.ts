import { contextBridge, ipcRenderer } from 'electron'
import { createBridge } from './bridge.ts'

const platform = { os: process.platform, electron: process.versions.electron ?? '', chromium: process.versions.chrome ?? '' }
contextBridge.exposeInMainWorld('loopdesk', createBridge(ipcRenderer, platform))
