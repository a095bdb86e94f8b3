import { FastResponse, FastURL, serve } from 'srvx'
import { headers, keepAliveTimeout, port, root, versionBody } from './answers.js'

function answer(body, type) {
  return new FastResponse(body, { status: 200, statusText: 'OK', headers: headers(body, type) })
}

serve({
  port,
  silent: true,
  node: { keepAliveTimeout },
  async fetch(request) {
    const { pathname } = new FastURL(request.url)
    if (pathname === '/') return answer(root())
    if (pathname === '/version') return answer(versionBody())
    if (pathname === '/echo') return answer(await request.text(), 'text/plain')
    if (pathname === '/form') return answer((await request.formData()).get('name'), 'text/plain')
    if (pathname === '/proxy') return globalThis.fetch(`http://127.0.0.1:${port}/echo`, request)
    return new FastResponse(null, { status: 404 })
  },
})
