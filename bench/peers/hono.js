import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { headers, keepAliveTimeout, port, root, versionBody } from './answers.js'

const app = new Hono()

function answer(context, body, type) {
  return context.body(body, 200, headers(body, type))
}

app.get('/', (context) => answer(context, root()))
app.get('/version', (context) => answer(context, versionBody()))
app.post('/echo', async (context) => answer(context, await context.req.text(), 'text/plain'))
app.post('/form', async (context) => {
  const form = await context.req.formData()
  return answer(context, form.get('name'), 'text/plain')
})
app.post('/proxy', (context) => globalThis.fetch(`http://127.0.0.1:${port}/echo`, context.req.raw))

serve({ fetch: app.fetch, port, serverOptions: { keepAliveTimeout } })
