import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { installedElectron } from './electron-binary.ts'
import { buildIfStale, root, run, runOrExit } from './run.ts'

/**
 * `npm test`: every test, unit, integration and e2e, and one closing line that counts them. What the tests need
 * of the system is installed where that is possible (Debian, Ubuntu, as root), else named.
 */
const results = resolve(root, 'test-results')

interface Count {
  passed: number
  failed: number
  skipped: string[]
}

/** Programs that tests start for real, with the Debian package that has each. */
const NEEDED: [program: string[], packageName: string][] = [
  [[process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'], 'chromium'],
  [['/usr/bin/redis-server'], 'redis-server'],
  [['/usr/lib/postgresql'], 'postgresql'],
  [['/usr/sbin/nginx'], 'nginx-light'],
  [['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'], 'fonts-noto-cjk'],
  [['/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf'], 'fonts-noto-color-emoji'],
]

/** Tests that mostly wait for databases, failovers and timeouts; they go alongside the browser's, which use up the processor. */
const WAITING = [
  'test/integration/cluster*.test.ts',
  'test/integration/postgres*.test.ts',
  'test/integration/auth-postgres*.test.ts',
]

function installNeeded(): void {
  const missing = NEEDED.filter(([paths]) => !paths.some(existsSync)).map(([, name]) => name)
  if (missing.length === 0) return
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(`The tests need ${missing.join(', ')}. On Debian or Ubuntu: sudo ${command}`)
    process.exit(1)
  }
  console.log(`installing ${missing.join(', ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env })
  const { status } = spawnSync('sh', ['-c', `${command} -qq >/dev/null`], { stdio: 'inherit', env })
  if (status !== 0) process.exit(status ?? 1)
}

function readVitest(file: string): Count {
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numFailedTestSuites: number
    testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[]
  }
  // A file that does not even load has no tests to count as failed.
  const broken = report.testResults.filter(
    one => one.status === 'failed' && one.assertionResults.length === 0,
  )
  const skipped = report.testResults
    .flatMap(one => one.assertionResults)
    .filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo')
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: skipped.map(one => one.fullName),
  }
}

interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs: {
    title: string
    tests: {
      status: 'expected' | 'unexpected' | 'flaky' | 'skipped'
      annotations: { description?: string }[]
    }[]
  }[]
}

function readPlaywright(file: string): Count {
  const report = JSON.parse(readFileSync(file, 'utf8')) as { suites: PlaywrightSuite[]; errors: unknown[] }
  const count: Count = { passed: 0, failed: report.errors.length, skipped: [] }
  const visit = (suite: PlaywrightSuite): void => {
    for (const spec of suite.specs) {
      for (const { status, annotations } of spec.tests) {
        if (status === 'expected') count.passed++
        else if (status === 'flaky') {
          count.passed++
          console.log(`passed at the second try: ${spec.title}`)
        } else if (status === 'skipped')
          count.skipped.push(`${spec.title}: ${annotations[0]?.description ?? 'no reason'}`)
        else count.failed++
      }
    }
    suite.suites?.forEach(visit)
  }
  report.suites.forEach(visit)
  return count
}

/** A filter of vitest's is part of a path. */
function withoutStar(pattern: string): string {
  return pattern.replace(/\*.*$/, '')
}

function vitest(name: string, args: string[]): Promise<Count> {
  const report = resolve(results, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return stage('vitest', ['run', ...reporters, ...args], report, readVitest)
}

/** Runs one tool that writes a JSON report; a tool that ends without one counts as a failure. */
async function stage(
  command: string,
  args: string[],
  file: string,
  read: (file: string) => Count,
): Promise<Count> {
  // Servers start from the bundle that was just built.
  const code = await run(command, args, { ...process.env, TEST_BUILT: '1' })
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] }
  const count = read(file)
  if (code !== 0 && count.failed === 0) count.failed = 1
  return count
}

installNeeded()
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
await buildIfStale()
await runOrExit('scripts/build-client.ts')

const counts = [
  await vitest(
    'vitest',
    WAITING.flatMap(pattern => ['--exclude', pattern]),
  ),
  ...(await Promise.all([
    vitest('waiting', [
      '--project',
      'integration',
      '--maxWorkers',
      '1',
      // Beside two browsers a server may get no time for seconds; as for the browsers, a second try is named in the output.
      ...(process.env.CI ? ['--retry', '1'] : []),
      ...WAITING.map(withoutStar),
    ]),
    stage('playwright', ['test'], resolve(results, 'e2e.json'), readPlaywright),
  ])),
]
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
const skipped = counts.flatMap(count => count.skipped)
console.log(
  `desktop specs: on ${installedElectron() ? 'real Electron' : 'the stand-in for Electron, whose binary is not here'}`,
)
for (const name of skipped) console.log(`skipped: ${name}`)
console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
