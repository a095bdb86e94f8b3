/** What a field value may not hold (RFC 9110 §5.5), although `Headers` takes some of it. */
const notInValue = /[^\t\x20-\x7e\x80-\xff]/

/**
 * Gives what a handler gave back if it is a response that can be sent. The runtimes end the process,
 * show a page for developers or leave the client waiting if it is not.
 * @throws TypeError that says why not
 */
export function sendable(given: unknown): Response {
  if (given === undefined || given === null) throw new TypeError('The handler returned nothing.')
  if (!(given instanceof Response))
    throw new TypeError(`The handler returned no Response but a value of type ${typeof given}.`)
  // Bun says of other responses, too, that their type is `error`.
  if (given.status === 0) throw new TypeError('The handler returned Response.error().')
  // To look at the body, too, would make Bun forget its type; it fails by itself if that is locked.
  if (given.bodyUsed) throw new TypeError('The body of the response was read before.')
  for (const [name, value] of given.headers)
    if (notInValue.test(value))
      throw new TypeError(`The field ${name} of the response holds a control character.`)
  return given
}
