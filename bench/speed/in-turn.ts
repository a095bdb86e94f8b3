import type { Goal } from './comparison.ts'
import type { Program } from './programs.ts'

/** A program that ours is compared with. */
export interface Peer {
  readonly program: Program
  /** Of the ratio of our value to this one's. */
  readonly goal?: Goal
}

/**
 * Measures programs in turn, A B A B …, so that what changes on the machine meanwhile meets all.
 * @returns for each program one result a round
 */
export async function inTurn<T>(
  ours: Program,
  peers: readonly Peer[],
  rounds: number,
  measure: (program: Program) => Promise<T>,
): Promise<{ ours: T[]; peers: (Peer & { results: T[] })[] }> {
  const measured = {
    ours: new Array<T>(),
    peers: peers.map((peer) => ({ ...peer, results: new Array<T>() })),
  }
  for (let round = 1; round <= rounds; round += 1) {
    process.stderr.write(`  round ${round} of ${rounds}\n`)
    measured.ours.push(await measure(ours))
    for (const { program, results } of measured.peers) results.push(await measure(program))
  }
  return measured
}
