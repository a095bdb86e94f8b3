const text = { type: 'string' } as const
const number = { type: 'number' } as const
const integer = { type: 'integer' } as const
const seconds = { type: 'number', description: 'Unix seconds.' } as const

/** An object of which nothing is left out but what is optional, and to which nothing is added. */
function object(properties: Record<string, object>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', properties, required, additionalProperties: false } as const
}

const shown = {
  type: 'array',
  items: {
    oneOf: [object({ name: text, value: text }), object({ name: text, length: integer })],
    description: 'Of a credential only how many characters its value has.',
  },
} as const

const moment = object({ timestamp: seconds, hostname: text })

/** Bodies of more than one line, by their names in `components/schemas`. */
export const schemas = {
  Moment: { ...moment, description: 'Which replica answered, and when.' },
  Status: object({ status: { enum: ['alive', 'ready'] } }),
  Version: object({ version: text, commit: text, runtime: text }),
  WhoAmI: object({
    replica: object({
      hostname: text,
      boot: { ...text, description: 'Changes with each life of the process.' },
      startedAt: seconds,
      state: { enum: ['starting', 'ready', 'draining'] },
      version: text,
      commit: text,
      runtime: text,
    }),
    place: object({ pod: text, namespace: text, ip: text, node: text, zone: text }, [
      ...['pod', 'namespace', 'ip', 'node', 'zone'],
    ]),
    connection: object({ remoteAddress: text, ordinal: integer, request: integer }, [
      ...['remoteAddress', 'ordinal', 'request'],
    ]),
    request: object({
      method: text,
      target: text,
      query: shown,
      fields: shown,
      body: {
        oneOf: [
          { type: 'null' },
          object(
            {
              bytes: integer,
              sha256: { ...text, pattern: '^[0-9a-f]{64}$' },
              firstByteAt: seconds,
              lastByteAt: seconds,
              whole: { type: 'boolean', description: 'False if the client left before its end.' },
            },
            ['firstByteAt', 'lastByteAt'],
          ),
        ],
      },
    }),
  }),
  Chain: object(
    {
      ...moment.properties,
      hops: { ...integer, description: 'Chains that the request has come through.' },
      upstreams: {
        type: 'array',
        items: object(
          {
            url: text,
            status: integer,
            servedBy: text,
            location: { ...text, description: 'Where a redirect points; it is not followed.' },
            duration: { ...number, description: 'Seconds.' },
            body: { description: 'JSON as what it says, anything else as text.' },
            error: text,
          },
          ['status', 'servedBy', 'location', 'body', 'error'],
        ),
      },
      error: { ...text, description: 'The chain ends here, because it is most likely a loop.' },
    },
    ['error'],
  ),
  StatusAsked: object({ status: integer }),
  Delay: object({ delay: number }),
  Faults: object(
    {
      latencyMs: { ...number, minimum: 0, maximum: 60_000, default: 0 },
      errorRate: { ...number, minimum: 0, maximum: 1, default: 0 },
      unready: { type: 'boolean', default: false },
      for: { ...number, minimum: 1, maximum: 3600, default: 60, description: 'Seconds.' },
    },
    ['latencyMs', 'errorRate', 'unready', 'for'],
  ),
  FaultsBegun: object({
    latencyMs: number,
    errorRate: number,
    unready: { type: 'boolean' },
    until: seconds,
  }),
  Problem: {
    ...object({ type: text, title: text, status: integer, detail: text }, ['title']),
    description: 'Problem details (RFC 9457).',
  },
}

export function schema(name: keyof typeof schemas) {
  return { $ref: `#/components/schemas/${name}` } as const
}
