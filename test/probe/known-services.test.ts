import { expect, test } from 'vitest'
import { parseReplicaBy } from '../../src/probe/identify/replica-by.ts'
import type { Answer } from '../../src/probe/transport/exchange.ts'

/* Each sample has the form of the answer that the service's own source makes; the source is named. */

const identify = parseReplicaBy('auto')
const answer = (contentType: string, body: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': contentType },
  body: [Buffer.from(body)],
})
const json = (body: object, status?: number) =>
  answer('application/json', JSON.stringify(body), status)
const text = (body: string, status?: number) => answer('text/plain; charset=utf-8', body, status)

/** The name that was asked for, which services that echo a request give back. */
const asked = 'app.example'

const samples: [string, Answer, object][] = [
  // https://github.com/stefanprodan/podinfo/blob/master/pkg/api/http/info.go
  [
    'podinfo /api/info',
    json({
      hostname: 'podinfo-7d8f6c9b5d-x2x4k',
      version: '6.9.0',
      revision: 'f5b4c3d2',
      color: '#34577c',
      logo: 'https://example.com/logo.svg',
      message: 'greetings from podinfo v6.9.0',
      goos: 'linux',
      goarch: 'amd64',
      runtime: 'go1.25.0',
      num_goroutine: '8',
      num_cpu: '4',
    }),
    { replica: 'podinfo-7d8f6c9b5d-x2x4k', version: '6.9.0' },
  ],
  // https://github.com/traefik/whoami/blob/master/app.go, whoamiHandler
  [
    'whoami',
    text(
      `Name: front\nHostname: c1f2a3b4c5d6\nIP: 127.0.0.1\nRemoteAddr: 10.0.0.1:50000\nGET / HTTP/1.1\r\nHost: ${asked}\r\n\r\n`,
    ),
    { replica: 'c1f2a3b4c5d6' },
  ],
  // The same file, apiHandler
  [
    'whoami /api',
    json({ hostname: 'c1f2a3b4c5d6', ip: ['127.0.0.1'], headers: {}, url: '/api', host: asked }),
    { replica: 'c1f2a3b4c5d6' },
  ],
  // https://github.com/mendhak/docker-http-https-echo/blob/master/index.js
  [
    'http-https-echo',
    json({
      path: '/',
      headers: { host: asked },
      method: 'GET',
      body: '',
      fresh: false,
      hostname: asked,
      ip: '::ffff:10.0.0.1',
      ips: [],
      protocol: 'http',
      query: {},
      subdomains: [],
      xhr: false,
      os: { hostname: 'echo-0' },
      connection: {},
    }),
    { replica: 'echo-0' },
  ],
  // https://github.com/Ealenn/Echo-Server/tree/master/src/response
  [
    'Echo-Server',
    json({
      host: { hostname: asked, ip: '::ffff:10.0.0.1', ips: [] },
      http: { method: 'GET', baseUrl: '', originalUrl: '/', protocol: 'http' },
      request: { params: {}, query: {}, cookies: {}, body: {}, headers: { host: asked } },
      environment: { PATH: '/usr/bin', HOSTNAME: 'echo-server-5c9f-abcde', HOME: '/root' },
    }),
    { replica: 'echo-server-5c9f-abcde' },
  ],
  // https://github.com/mccutchen/go-httpbin/blob/main/httpbin/responses.go, hostnameResponse
  [
    'go-httpbin /hostname',
    json({ hostname: 'httpbin-6f7-q8r9s' }),
    { replica: 'httpbin-6f7-q8r9s' },
  ],
  // https://github.com/kubernetes/kubernetes/blob/master/test/images/agnhost/netexec/netexec.go, hostnameHandler
  ['agnhost netexec /hostname', text('agnhost-7d8-x2x4k'), { replica: 'agnhost-7d8-x2x4k' }],
  // The same directory, serve-hostname/serve_hostname.go, in a container without a pod
  ['agnhost serve-hostname', text('42bc3f9174d9\n'), { replica: '42bc3f9174d9' }],
  // https://github.com/kubernetes-sigs/gateway-api/blob/main/conformance/echo-basic/echo-basic.go, RequestAssertions
  [
    'echo-basic',
    json({
      path: '/',
      host: asked,
      method: 'GET',
      proto: 'HTTP/1.1',
      headers: { 'User-Agent': ['served-by'] },
      namespace: 'gateway-conformance-infra',
      ingress: '',
      service: '',
      pod: 'infra-backend-v1-6c9f7-abcde',
      sni: '',
    }),
    { replica: 'infra-backend-v1-6c9f7-abcde' },
  ],
  // https://github.com/nginxinc/NGINX-Demos/blob/master/nginx-hello/hello-plain-text.conf
  [
    'nginxdemos/hello:plain-text',
    text(
      'Server address: 10.0.0.7:80\nServer name: hello-6c9-w4t5v\nDate: 26/Nov/2026:19:00:00 +0000\nURI: /\nRequest ID: 0f1e\n',
    ),
    { replica: 'hello-6c9-w4t5v' },
  ],
  // https://github.com/nginxinc/NGINX-Demos/blob/master/nginx-hello/index.html
  [
    'nginxdemos/hello',
    answer(
      'text/html',
      '<div class="info">\n<p><span>Server&nbsp;name:</span> <span>hello-6c9-w4t5v</span></p>\n<p><span>Server&nbsp;address:</span> <span>10.0.0.7:80</span></p>\n</div>',
    ),
    { replica: 'hello-6c9-w4t5v' },
  ],
  // https://github.com/istio/istio/blob/master/samples/helloworld/src/app.py
  [
    "Istio's helloworld",
    answer(
      'text/html; charset=utf-8',
      'Hello version: v1, instance: helloworld-v1-776f57d5f6-znwk5\n',
    ),
    { replica: 'helloworld-v1-776f57d5f6-znwk5', version: 'v1' },
  ],
  // Ourselves, behind a proxy that takes away the fields that it does not know
  [
    'served-by without its field',
    json({ timestamp: 1.5, hostname: 'web-1' }),
    { replica: 'web-1' },
  ],
]

test.for(samples)('%s', ([, given, expected]) => {
  expect(identify(given)).toEqual(expected)
})

test.for<[string, Answer]>([
  ['a word', text('ok')],
  ['two words', text('no healthy upstream')],
  ['words with hyphens that say what went wrong', text('upstream-not-found', 503)],
  ['a number', text('1')],
  ['a date', text('2026-11-26')],
  ['a UUID', text('af2c1b2e-8a51-4c70-9d3e-0a1b2c3d4e5f')],
  ['a version', text('v1.2.3-rc.1')],
  ['a short page', answer('text/html', 'web-1')],
  ['a word of JSON', json(['web-1'])],
  ['an echo without a name', json({ host: asked, namespace: '', ingress: '', pod: '' })],
  [
    'an echo that hides its environment',
    json({ host: { hostname: asked }, http: {}, request: {} }),
  ],
])('nobody from %s', ([, given]) => {
  expect(identify(given)).toBeUndefined()
})
