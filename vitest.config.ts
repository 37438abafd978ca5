import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/**
 * Unit tests that alter the process (modules mocked for one file, a build) or wait on its sockets. Each of the other files
 * finds loaded what those before it loaded, which takes a third of the time.
 */
const APART = [
  ...globSync('src/**/*.test.{ts,tsx}').filter(file => readFileSync(file, 'utf8').includes('vi.mock(')),
  'src/main/server/http/raw-request-line.test.ts',
  'scripts/*.test.ts',
]

/** Milliseconds that `expect.poll` waits for a condition: on a busy machine a second is nothing. */
const patient = { poll: { timeout: 20_000 } }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
          exclude: APART,
          isolate: false,
          maxWorkers: '100%',
          // Properties take seconds on a machine that is busy; none is meant to end by the clock.
          expect: patient,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'unit-apart',
          include: APART,
          maxWorkers: '100%',
          expect: patient,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          // These mostly wait, for a server to start or for time to pass. By itself Vitest takes one fewer than there are processors.
          maxWorkers: Math.ceil(availableParallelism() * 1.5),
          // After those of another number of workers.
          sequence: { groupOrder: 1 },
          include: [
            'test/integration/**/*.test.ts',
            'test/fuzz/**/*.test.ts',
            // What `npm run build:client` makes, by building it.
            'scripts/client/**/*.test.ts',
          ],
          expect: patient,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          // Crowds and bursts: one at a time.
          fileParallelism: false,
          testTimeout: 15 * 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
