/** What holds for the objects when a component is there, and what when it is not. */
export interface Promises {
  with: (objects: readonly unknown[]) => void
  without: (objects: readonly unknown[]) => void
}
