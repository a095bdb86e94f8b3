// What Bun's own `Request`, `Headers` and bodies do otherwise than Fetch says.
import { anyOf, type Kind, probes, some } from './kind.ts'

const raw = String.raw

export const kindsOnBun: readonly Kind[] = [
  {
    reason:
      'has no `duplex`, `keepalive`, `isHistoryNavigation` and `isReloadNavigation`; `referrer` is empty, `credentials` is `include`',
    upstream: 'https://fetch.spec.whatwg.org/#request-class',
    probes: anyOf(
      probes(
        'Members of `Request`',
        '.*: (?:referrer|credentials|keepalive|duplex|is(?:History|Reload)Navigation)',
        '.*: (?:which members there are|what for…in gives)',
      ),
      probes('`clone()`', '.*: is to be fetched like it'),
      probes('`new Request(request)`', '.*: how it is to be fetched after .*'),
    ),
  },
  {
    reason: '`Set-Cookie` comes behind all other fields, not in the order of the names',
    upstream: 'https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine',
    probes: probes(
      '`Headers` of a request',
      raw`(?:entries|keys|values|forEach|new Map|new Headers|Object\.fromEntries)\(\)`,
      raw`spread|an iterator sees what is added behind it|set\(\), append\(\), delete\(\)`,
    ),
  },
  {
    reason: '`JSON.stringify(headers)` gives the fields, not `{}`',
    upstream: 'https://fetch.spec.whatwg.org/#headers-class',
    probes: probes('`Headers` of a request', 'its own keys'),
  },
  {
    reason: 'shows the field `Transfer-Encoding`, which is about the connection',
    upstream: 'https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1',
    probes: probes('`Headers` of a request', 'whether they tell of the chunks'),
  },
  {
    reason: 'a `Blob`, and a file of a form, has another type than was said, or none',
    upstream: 'https://fetch.spec.whatwg.org/#dom-body-blob',
    probes: anyOf(
      probes(
        'Bodies, each way to read them',
        raw`a text¶: blob\(\) after (?:a look at body|clone\(\))`,
        raw`a form¶: blob\(\)(?: after .*)?`,
        raw`a form with files¶: (?:blob|formData)\(\).*`,
        raw`(?:JSON|broken JSON|bytes that are no UTF-8|a form that breaks off)¶: blob\(\)`,
        raw`(?:content without a type|more than one packet)¶: blob\(\)`,
        raw`a text with a byte order mark: blob\(\)`,
      ),
      probes(
        'Bodies, read twice',
        raw`a form¶: blob\(\), then .*`,
        raw`.*: arrayBuffer\(\) of a clone, then blob\(\)`,
      ),
      probes('`clone()`', `${some}: each reader on a clone`),
    ),
  },
  {
    reason: '`blob()` has one type or the other, depending on what has come',
    upstream: 'https://fetch.spec.whatwg.org/#dom-body-blob',
    probes: probes('Bodies, each way to read them', raw`a form¶: blob\(\) in a later turn`),
    unsteady: true,
  },
  {
    reason:
      '`new Request(request)` leaves the first one’s body to be read, and takes one that was read',
    upstream: 'https://fetch.spec.whatwg.org/#dom-request',
    probes: anyOf(
      probes(
        'Bodies, read twice',
        raw`.*: \w+\(\)(?: without await)?, then new Request\(request\)`,
      ),
      probes(
        '`new Request(request)`',
        raw`${some}: what is left after new Request\(request\)(?:\.clone\(\))?`,
        raw`${some}: what is left after new Request\(new Request\(request\)\)`,
        raw`${some}: what is left after new Request\(request, undefined\)`,
        raw`${some}: what is left after new Request\(request, \{(?: (?:method|headers|redirect, signal) )?\}\)`,
      ),
    ),
  },
  {
    reason: 'a body given to `new Request()` brings no `Content-Type`',
    upstream: 'https://fetch.spec.whatwg.org/#concept-bodyinit-extract',
    probes: probes(
      '`new Request(request)`',
      raw`(?:GET|HEAD|DELETE without content): new Request\(request, \{ body \}\)`,
    ),
  },
  {
    reason: 'the body can still be read when `formData()` has refused its type',
    upstream: 'https://fetch.spec.whatwg.org/#concept-body-consume-body',
    probes: probes(
      'Bodies, read twice',
      raw`a text¶: formData\(\), then (?:text|json|arrayBuffer|bytes|blob|clone)\(\)`,
      raw`a text¶: formData\(\), then (?:bodyUsed|body|body\..*)`,
    ),
  },
  {
    reason:
      'for a form that breaks off `formData()` rejects with an `Error` that is no `TypeError`',
    upstream: 'https://fetch.spec.whatwg.org/#dom-body-formdata',
    probes: probes('Bodies, each way to read them', raw`a form that breaks off¶: formData\(\)`),
  },
  {
    reason: 'a body counts as read as soon as it has a reader, and has no BYOB reader',
    upstream: 'https://streams.spec.whatwg.org/#is-readable-stream-disturbed',
    probes: probes(
      'Bodies as streams',
      raw`${some}: what is left after (?:getReader\(\)(?: and releaseLock\(\))?|tee\(\)|a second reader|a BYOB reader)`,
      raw`${some}: (?:getReader\(\) and releaseLock\(\)|a BYOB reader), then (?:text|arrayBuffer)\(\)`,
      `${some}: a BYOB reader`,
    ),
  },
  {
    reason: 'content of the length 0 is none: on the wire the two are the same',
    upstream: 'https://www.rfc-editor.org/rfc/rfc9112#section-6.3',
    probes: probes('Bodies as streams', 'no content¶: .*'),
  },
  {
    reason: 'what `fetch` has sent stays locked, or does not count as read',
    upstream: 'https://fetch.spec.whatwg.org/#concept-body-consume-body',
    probes: probes(
      '`fetch(request)`',
      raw`${some}: what is left after fetch\((?!request\.clone\(\)).*`,
    ),
  },
  {
    reason: 'a response’s `Content-Type` is not that of the content that it was made of',
    upstream: 'https://fetch.spec.whatwg.org/#concept-bodyinit-extract',
    probes: probes(
      'Parts of a request as the content of a response',
      raw`(?:a text|bytes that are no UTF-8|more than one packet)¶: its (?:text|arrayBuffer|bytes)\(\)`,
      raw`(?:a text|bytes that are no UTF-8|more than one packet)¶: its blob\(\) as a stream`,
      raw`.*: a new Blob of its blob\(\)`,
      raw`(?:bytes that are no UTF-8|more than one packet)¶: its blob\(\)`,
      raw`no content¶: (?:its text\(\)|a slice of its blob\(\))`,
      raw`.*: a value of its formData\(\)`,
      raw`a form with files¶: (?:its formData\(\)|a file of its formData\(\)|a new FormData of its files)`,
    ),
  },
]
