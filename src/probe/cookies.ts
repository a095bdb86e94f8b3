import { parseCookie } from 'undici'

/** The cookies of one client, as the target sets them. It asks one URL: domains and paths do not matter. */
export interface Jar {
  /** The field to send (absent: no cookies). */
  header(): string | undefined
  /** Keeps what a response sets. */
  keep(setCookie: string | readonly string[] | undefined): void
}

/** @param own what the user sends besides */
export function createJar(own: string | undefined): Jar {
  const cookies = new Map<string, string>()
  return {
    header() {
      const kept = [...cookies].map(([name, value]) => `${name}=${value}`)
      const all = own === undefined ? kept : [own, ...kept]
      return all.length === 0 ? undefined : all.join('; ')
    },
    keep(setCookie = []) {
      for (const text of [setCookie].flat()) {
        const cookie = parseCookie(text)
        if (!cookie?.name) continue
        const { name, value, maxAge, expires } = cookie
        const ended =
          (maxAge !== undefined && maxAge <= 0) ||
          (maxAge === undefined && expires !== undefined && Number(expires) <= Date.now())
        if (ended) cookies.delete(name)
        else cookies.set(name, value)
      }
    },
  }
}

/** Clients that take turns, each with a jar of its own. */
export interface Clients {
  /** The client that sends next, and its cookies. */
  next(): { jar: number; cookie: string | undefined }
  /** Its request has ended. */
  ended(jar: number, setCookie: string | readonly string[] | undefined): void
}

/**
 * Who sends is drawn: in turn, clients would stay in step with replicas that take turns. A client whose
 * first answer is still to come is passed over, because its next request would have no cookie yet.
 */
export function createClients(count: number, own: string | undefined): Clients {
  const clients = Array.from({ length: count }, () => ({ jar: createJar(own), waits: false }))
  const known = new Set<number>()
  return {
    next() {
      const drawn = Math.floor(Math.random() * count)
      let number = drawn
      for (let step = 0; step < count && clients[number]?.waits; step += 1)
        number = (number + 1) % count
      const client = clients[number]
      if (client && !known.has(number)) client.waits = true
      return { jar: number, cookie: client?.jar.header() }
    },
    ended(number, setCookie) {
      const client = clients[number]
      if (!client) return
      known.add(number)
      client.waits = false
      client.jar.keep(setCookie)
    },
  }
}
