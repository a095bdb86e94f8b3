/** A finding with its evidence as data, and in a few plain words. */
export type Told<Finding> = Finding & { sentence: string }

export function told<Finding extends object>(
  finding: Finding,
  tell: (finding: Finding) => string,
): Told<Finding> {
  return { ...finding, sentence: tell(finding) }
}
