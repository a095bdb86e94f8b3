import { fileURLToPath } from 'node:url'
import { test } from 'vitest'
import { startNginx } from '../probe/balancers/nginx/nginx.ts'
import { startReplica } from '../probe/balancers/replicas.ts'
import { freePort } from '../probe/balancers/run-balancer.ts'
import { decides, openPage, setRate, useBrowser } from './browser.ts'

const browser = useBrowser()
const pod = 'served-by-6c9f7d8b9c'

/** A replica of a release, as a pod in a zone. */
function startPod(suffix: string, version: string, zone: string, env: Record<string, string> = {}) {
  const release = `globalThis.SERVED_BY_VERSION=\`${version}\`;globalThis.SERVED_BY_RELEASE=true`
  return startReplica(`${pod}-${suffix}`, {
    ZONE: zone,
    NODE_OPTIONS: `--import=data:text/javascript,${release}`,
    ...env,
  })
}

function picture(name: string): string {
  return fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url))
}

// Not a check: `make screenshots` writes what README shows.
test('the pictures of the page: a pod is replaced by one of the next version', async () => {
  const [a, b, c] = await Promise.all([
    startPod('k2m4x', '0.2.0', 'eu-1a'),
    startPod('x9w7q', '0.2.0', 'eu-1b'),
    startPod('zv5bt', '0.2.0', 'eu-1c'),
  ])
  const port = `${await freePort()}`
  const { url } = await startNginx([a.address, b.address, c.address, `127.0.0.1:${port}`], {
    parameters: ['', '', '', 'fail_timeout=1s'],
  })
  const page = await openPage(browser(), `${url}/ui`)
  await setRate(page, 10)
  await decides(page, /even, in turn; 2\d\d of/)
  b.child.kill('SIGTERM')
  await decides(page, /is gone since/)
  await startPod('p8r2c', '0.3.0', 'eu-1b', { PORT: port })
  await decides(page, /came at/)
  await page.waitForTimeout(8000)
  // The verdict, the lanes and a part of the words.
  await page.setViewportSize({ width: 1280, height: 720 })
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForTimeout(500)
    await page.screenshot({ path: picture(`page-${colorScheme}`) })
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await page.waitForTimeout(500)
  await page.screenshot({ path: picture('page-phone') })
})
