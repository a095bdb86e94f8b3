/** The verdicts that one browser can come to, as they are headed. */
export const told = [
  ['Balance', 'balance'],
  ['Order', 'order'],
  ['Failures', 'failures'],
  ['Changes', 'changes'],
  ['Restarts', 'lives'],
  ['Slow', 'slow'],
  ['Cache', 'cache'],
  ['Clocks', 'clocks'],
  ['Versions', 'versions'],
  ['Zones', 'zones'],
  ['Pace', 'pace'],
  ['Latency', 'latency'],
] as const
