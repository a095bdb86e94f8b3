import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'

/** What the API says of an object; it grows a resource version when it is told. */
export interface KubernetesObject {
  kind: string
  metadata: { name: string; resourceVersion?: string; [key: string]: unknown }
  [key: string]: unknown
}

type Kind = 'pods' | 'deployments'

/**
 * As much of the Kubernetes API, over HTTP, as kubectl needs to read, watch and restart a Deployment
 * and to follow its pods.
 */
export interface ApiServer {
  /** Adds or changes an object, and tells who watches. */
  put(kind: Kind, object: KubernetesObject): void
  remove(kind: Kind, name: string): void
}

const groups = {
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: [
    {
      name: 'apps',
      versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
      preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
    },
  ],
}
const resources = (groupVersion: string, name: Kind, kind: string) => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion,
  resources: [
    {
      name,
      singularName: kind.toLowerCase(),
      namespaced: true,
      kind,
      verbs: ['get', 'list', 'watch', 'patch'],
    },
  ],
})
const discovery = new Map<string, object>([
  ['/api', { kind: 'APIVersions', versions: ['v1'] }],
  ['/apis', groups],
  ['/api/v1/namespaces/shop', { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'shop' } }],
  ['/api/v1', resources('v1', 'pods', 'Pod')],
  ['/apis/apps/v1', resources('apps/v1', 'deployments', 'Deployment')],
])

function send(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

function refuse(response: ServerResponse, code: number, reason: string, message: string): void {
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code }
  send(response, status, code)
}

/**
 * Starts it and makes it the cluster of the current context, until the test ends.
 * @param patched is told that the Deployment was changed; false: that is forbidden
 */
export async function startApiServer(patched: (() => void) | false): Promise<ApiServer> {
  const objects = {
    pods: new Map<string, KubernetesObject>(),
    deployments: new Map<string, KubernetesObject>(),
  }
  const watchers = { pods: new Set<ServerResponse>(), deployments: new Set<ServerResponse>() }
  let version = 1

  const event = (type: string, object: KubernetesObject) => `${JSON.stringify({ type, object })}\n`
  const tell = (kind: Kind, type: string, object: KubernetesObject) => {
    for (const watcher of watchers[kind]) watcher.write(event(type, object))
  }
  const watch = (kind: Kind, query: URLSearchParams, response: ServerResponse) => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.flushHeaders()
    if (query.get('sendInitialEvents') === 'true') {
      for (const object of objects[kind].values()) response.write(event('ADDED', object))
      const annotations = { 'k8s.io/initial-events-end': 'true' }
      const metadata = { name: '', resourceVersion: `${version}`, annotations }
      const bookmark = { kind: 'Deployment', apiVersion: 'apps/v1', metadata }
      response.write(event('BOOKMARK', bookmark))
    }
    watchers[kind].add(response)
    response.on('close', () => watchers[kind].delete(response))
  }

  const server = createServer((request: IncomingMessage, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://api')
    const known = discovery.get(pathname)
    const [, kind, name] =
      /^\/(?:api|apis\/apps)\/v1\/namespaces\/shop\/(pods|deployments)(?:\/(.+))?$/.exec(
        pathname,
      ) ?? []
    request.resume()
    if (known) send(response, known)
    else if (kind !== 'pods' && kind !== 'deployments')
      refuse(response, 404, 'NotFound', `${pathname} not found`)
    else if (name === undefined) {
      if (searchParams.has('watch')) watch(kind, searchParams, response)
      else
        send(response, {
          kind: kind === 'pods' ? 'PodList' : 'DeploymentList',
          apiVersion: kind === 'pods' ? 'v1' : 'apps/v1',
          metadata: { resourceVersion: `${version}` },
          items: [...objects[kind].values()],
        })
    } else {
      const object = objects[kind].get(name)
      if (!object) refuse(response, 404, 'NotFound', `${kind} "${name}" not found`)
      else if (request.method === 'PATCH' && patched === false)
        refuse(response, 403, 'Forbidden', `${kind} "${name}" is forbidden: User cannot patch it`)
      else {
        if (request.method === 'PATCH' && patched !== false) patched()
        send(response, objects[kind].get(name) ?? object)
      }
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await useCluster(`http://127.0.0.1:${address.port}`)
  return {
    put(kind, object) {
      version += 1
      const told = { ...object, metadata: { ...object.metadata, resourceVersion: `${version}` } }
      const type = objects[kind].has(object.metadata.name) ? 'MODIFIED' : 'ADDED'
      objects[kind].set(object.metadata.name, told)
      tell(kind, type, told)
    },
    remove(kind, name) {
      const object = objects[kind].get(name)
      objects[kind].delete(name)
      if (object) tell(kind, 'DELETED', object)
    },
  }
}

/** Makes it the cluster of kubectl's current context, until the test ends. */
export async function useCluster(server: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'kubeconfig-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server } }],
    users: [{ name: 'test', user: {} }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  }
  const file = join(directory, 'config')
  await writeFile(file, JSON.stringify(config))
  vi.stubEnv('KUBECONFIG', file)
  // Where kubectl caches what the API has.
  vi.stubEnv('HOME', directory)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
}
