import type { TargetVerdict } from '../failures/target.ts'

export function tellTarget({ verdict, status, location }: TargetVerdict): string {
  switch (verdict) {
    case 'right':
      return 'The target answers.'
    case 'silent':
      return 'Nothing answered.'
    case 'wrong':
      return location === undefined
        ? `This is not the target: every answer is a ${status}. Check URL, path, Host and credentials.`
        : `This is not the target: every answer is a ${status} that points to ${location}. Probe that URL instead.`
  }
}
