import type { Feature } from '../../kernel/feature.ts'
import { bulkService, previewService } from './bulk.ts'
import { workOrderCommands } from './commands.ts'
import { workOrderReads } from './reads.ts'

export const workOrder: Feature = { ...workOrderReads, commands: workOrderCommands, services: [bulkService, previewService] }
