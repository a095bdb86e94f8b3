import { printable } from '../measure/printable.ts'
import { codeOf, interimMessages } from './failure.ts'

const trust =
  'Give the certificate of the authority that signed it with --cacert FILE, or take any with -k.'
const notTls = 'The target does not speak TLS on this port: is it http:// instead of https://?'

/** What to do about an error of the transport, by its code. */
const advice = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', trust],
  ['SELF_SIGNED_CERT_IN_CHAIN', trust],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', trust],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', trust],
  ['UNABLE_TO_GET_ISSUER_CERT', trust],
  ['CERT_HAS_EXPIRED', 'Renew the certificate, or take any with -k.'],
  ['CERT_NOT_YET_VALID', 'Is the clock of this machine right? -k takes any certificate.'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'Use a name that is in the certificate, with --resolve NAME:PORT:ADDRESS where it has another address, or take any with -k.',
  ],
  ['EPROTO', notTls],
  ['ERR_SSL_WRONG_VERSION_NUMBER', notTls],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', notTls],
  ['ECONNREFUSED', 'Nothing listens there: check host and port.'],
  ['ENOTFOUND', 'The name has no address (any more): give one with --resolve HOST:PORT:ADDRESS.'],
  ['EAI_AGAIN', 'The name server did not answer.'],
  ['UND_ERR_HEADERS_OVERFLOW', 'The head of the answer is larger than 16 KiB.'],
])

/** An error of the transport in the words of the system, and what to do about it. */
export function explain(error: Error): string {
  const interim = interimMessages.get(error.message)
  if (interim !== undefined) {
    return `The target sent an interim answer (${interim}) that nobody asked for, and the probe cannot read over it.`
  }
  const code = codeOf(error) ?? ''
  const hint = code.startsWith('HPE_')
    ? 'That is no HTTP/1.1: is it https:// instead of http://, or another protocol?'
    : advice.get(code)
  // Node adds advice of its own about certificates, for those who run a program of theirs.
  const message = printable(error.message.replace(/; if the root CA is .*/, ''))
  return hint === undefined ? message : `${message}. ${hint}`
}

/** How many files this process may have open; the system has raised it as far as it may already. */
function openFilesLimit(): string {
  const report: unknown = process.report.getReport()
  const limits = report instanceof Object && 'userLimits' in report ? report.userLimits : undefined
  const files = limits instanceof Object && 'open_files' in limits ? limits.open_files : undefined
  return files instanceof Object && 'soft' in files ? ` (${String(files.soft)})` : ''
}

/**
 * Why the probe itself cannot go on; `undefined` for what the target has to answer for.
 * @param connected a connection has been made before
 */
export function ownFailure(error: Error, connected: boolean): string | undefined {
  switch (codeOf(error) ?? '') {
    case 'EMFILE':
      return `The probe has as many connections open as it may${openFilesLimit()}: raise the limit with ulimit -n, or use a smaller --concurrency.`
    case 'ENFILE':
      return 'This machine has as many files open as it can: close other programs, or use a smaller --concurrency.'
    case 'EADDRNOTAVAIL':
      return connected
        ? 'This machine has no free port left for another connection to the target, as each closed one holds its port for a minute: use a smaller --rate, or kept connections.'
        : undefined
    case 'UND_ERR_INVALID_ARG':
    case 'UND_ERR_NOT_SUPPORTED':
      return `The request cannot be sent: ${error.message}.`
    default:
      return undefined
  }
}
