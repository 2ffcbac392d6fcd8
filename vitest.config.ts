import { defineConfig } from 'vitest/config'

const seconds = 1000

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'domain', include: ['tests/domain/**/*.test.ts'], testTimeout: 20 * seconds } },
      { test: { name: 'story', include: ['tests/story/**/*.test.ts'], testTimeout: 30 * seconds } },
      { test: { name: 'contract', include: ['tests/contract/**/*.test.ts'], testTimeout: 30 * seconds } },
    ],
  },
})
