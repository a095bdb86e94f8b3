import type { TargetVerdict } from '../failures/target.ts'

export function tellTarget({ verdict, status, location }: TargetVerdict): string {
  switch (verdict) {
    case 'right':
      return 'The target answers.'
    case 'silent':
      return 'Nothing answered.'
    case 'wrong':
      return `This ${tellWrong({ status, location })}`
  }
}

/** Goes on after "This". */
export function tellWrong({
  status,
  location,
}: Pick<TargetVerdict, 'status' | 'location'>): string {
  return location === undefined
    ? `is not the target: every answer is a ${status}. Check URL, path, Host and credentials.`
    : `is not the target: every answer is a ${status} that points to ${location}. Probe that URL instead.`
}
