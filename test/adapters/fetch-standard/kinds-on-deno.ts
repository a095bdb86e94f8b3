// What Deno's own `Request`, `Headers` and bodies do otherwise than Fetch says.
import { anyOf, type Kind, probes, some } from './kind.ts'

const raw = String.raw

export const kindsOnDeno: readonly Kind[] = [
  {
    reason:
      'has no `destination`, `duplex`, `isHistoryNavigation` and `isReloadNavigation`; `redirect` is undefined',
    upstream: 'https://fetch.spec.whatwg.org/#request-class',
    probes: anyOf(
      probes(
        'Members of `Request`',
        '.*: (?:destination|redirect|duplex|is(?:History|Reload)Navigation)',
        '.*: (?:which members there are|what for…in gives)',
      ),
      probes('`clone()`', '.*: is to be fetched like it'),
      probes(
        '`new Request(request)`',
        raw`.*: how it is to be fetched after new Request\((?:request[,.)](?!url| \{ redirect)|new Request).*`,
      ),
    ),
  },
  {
    reason: '`headers` cannot be changed; those of `new Request(request.url, request)` can',
    upstream: 'https://fetch.spec.whatwg.org/#dom-request',
    probes: probes(
      '`Headers` of a request',
      raw`(?:set|append)\(\) with the value (?!"a\\r\\nb|"a\\nb|"a\\u0000|"Ł).*`,
      raw`(?:delete|set|append)\(\) of (?:undefined and a number|null and null)`,
      raw`getSetCookie\(\) after .*|an iterator sees what is added behind it`,
      raw`set\(\), append\(\), delete\(\)|a change shows in .*|a change does not show in .*`,
      raw`\w+\(\) after fields about the framing .*`,
    ),
  },
  {
    reason: 'shows the field `Transfer-Encoding`, which is about the connection',
    upstream: 'https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1',
    probes: probes('`Headers` of a request', 'whether they tell of the chunks'),
  },
  {
    reason: '`url` is the target as it came: dot segments and backslashes are in it',
    upstream: 'https://fetch.spec.whatwg.org/#dom-request-url',
    probes: probes(
      'Members of `Request`',
      '(?:dot segments|characters that a URL encodes|a backslash): .*',
    ),
  },
  {
    reason: 'a request without content has an empty body, unless its method is GET or HEAD',
    upstream: 'https://www.rfc-editor.org/rfc/rfc9112#section-6.3',
    probes: anyOf(
      probes('Members of `Request`', '(?:DELETE|PUT without content|PROPFIND): .*'),
      probes('Bodies, each way to read them', '(?:DELETE|POST) without content: .*'),
      probes(
        '`clone()`',
        'DELETE without content: (?:is a Request like it|.* the request.*|after a look at its body)',
        'DELETE without content: (?:bodyUsed of each|both read at once|three times|of a clone)',
      ),
      probes(
        '`new Request(request)`',
        raw`DELETE without content: new Request\((?!request, \{ body \}).*`,
        'DELETE without content: what is left after .*',
      ),
      probes('`fetch(request)`', 'DELETE without content: what is left after .*'),
    ),
  },
  {
    reason: '`json()` does not take a byte order mark off',
    upstream: 'https://fetch.spec.whatwg.org/#dom-body-json',
    probes: probes('Bodies, each way to read them', raw`a text with a byte order mark: json\(\)`),
  },
  {
    reason: 'a file of a form that says no type has `application/octet-stream`, not `text/plain`',
    upstream: 'https://www.rfc-editor.org/rfc/rfc7578#section-4.4',
    probes: anyOf(
      probes('Bodies, each way to read them', raw`a form with files¶: formData\(\)(?: .*)?`),
      probes(
        'Parts of a request as the content of a response',
        raw`a form with files¶: (?:its formData\(\)|a new FormData of its files)`,
      ),
    ),
  },
  {
    reason: 'of a form that breaks off `formData()` gives what has come, without an error',
    upstream: 'https://fetch.spec.whatwg.org/#dom-body-formdata',
    probes: probes('Bodies, each way to read them', raw`a form that breaks off¶: formData\(\)`),
  },
  {
    reason: 'a `FormData` that is sent has no line break at its end',
    upstream: 'https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1',
    probes: probes(
      'Parts of a request as the content of a response',
      raw`a form¶: (?:its formData\(\)|a new FormData of its files)`,
    ),
  },
  {
    reason: 'a body has no BYOB reader, and counts as read after `tee()`',
    upstream: 'https://fetch.spec.whatwg.org/#body-mixin',
    probes: probes(
      'Bodies as streams',
      raw`a text: what is left after tee\(\)`,
      raw`a text: (?:what is left after )?a BYOB reader`,
      raw`a text: a BYOB reader, then (?:text|arrayBuffer)\(\)`,
    ),
  },
  {
    reason: '`new Response(request.body)` leaves the body to be read',
    upstream: 'https://fetch.spec.whatwg.org/#dom-response',
    probes: probes(
      'Bodies as streams',
      raw`a text: what is left after new Response\(body\)`,
      raw`a text: new Response\(body\), then (?:text|arrayBuffer)\(\)`,
    ),
  },
  {
    reason: 'a body without content gives one empty chunk',
    upstream: 'https://streams.spec.whatwg.org/#readablestream-pull-from-bytes',
    probes: probes('Bodies as streams', 'no content¶: a loop that breaks'),
  },
  {
    reason:
      'what `fetch` has sent stays locked, or does not count as read, depending on what had come',
    upstream: 'https://fetch.spec.whatwg.org/#concept-body-consume-body',
    probes: probes('`fetch(request)`', `${some}: what is left after fetch.*`),
    unsteady: true,
  },
  {
    reason:
      'chunked content that is left in part, or sent on while it comes, now and then stops, or ends too early',
    upstream: 'https://github.com/denoland/deno/issues/36624',
    probes: anyOf(
      probes('Bodies, each way to read them', raw`.*, in chunks: .* after clone\(\)`),
      probes('Bodies, read twice', '.*, in chunks: .* of a clone, then .*'),
      probes('Bodies as streams', raw`.*, in chunks: .*(?:BYOB reader|tee\(\)).*`),
      probes('`clone()`', '.*, in chunks: .*'),
      probes('`new Request(request)`', raw`.*, in chunks: .*clone\(\).*`),
      probes('`fetch(request)`', raw`.*, in chunks: .*clone\(\).*`),
      probes(
        'Parts of a request as the content of a response',
        raw`.*, in chunks: (?:the body of its clone|a half of tee\(\)|its body through a stream)`,
      ),
    ),
    unsteady: true,
  },
]
