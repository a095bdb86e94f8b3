/** The page's looks, light and dark. Colours never stand alone: each goes with a word or a sign. */
export const style = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1c2128, #e6e8eb);
  --quiet: light-dark(#5b6470, #9aa4b0);
  --line: light-dark(#d8dde3, #353b44);
  --page: light-dark(#f6f7f9, #14171b);
  --card: light-dark(#ffffff, #1c2025);
  --good: light-dark(#14713d, #63d296);
  --bad: light-dark(#b3261e, #ff8a80);
  --answers: light-dark(#2a6fc9, #6aa9f7);
  --series-0: light-dark(#2a6fc9, #6aa9f7);
  --series-1: light-dark(#b45309, #f5a94f);
  --series-2: light-dark(#14713d, #63d296);
  --series-3: light-dark(#7c3aad, #c79bf0);
  --series-4: light-dark(#a3195b, #f48cb8);
  --series-5: light-dark(#0f7480, #5fd0dc);
}
* { box-sizing: border-box }
body {
  margin: 0 auto; max-width: 62rem; padding: 2rem 1rem 4rem;
  background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
h1 { font-size: 1.5rem; margin: 0 0 .25rem; overflow-wrap: anywhere }
h2 { font-size: 1.05rem; margin: 0 0 .75rem }
p { margin: 0 0 .5rem }
p.foot { margin-top: 1rem }
.quiet { color: var(--quiet) }
.good { color: var(--good) }
.bad { color: var(--bad) }
section {
  background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: 1rem 1.25rem; margin-top: 1rem; overflow-x: auto;
}
ul { list-style: none; margin: 0; padding: 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.25rem; margin: 0 }
dt { font-weight: 600 }
dd { margin: 0; overflow-wrap: anywhere }
@media (max-width: 36rem) {
  body { padding: 1rem .5rem 2rem }
  section { padding: .75rem }
  dl { grid-template-columns: 1fr; gap: 0 }
  dd { margin-bottom: .75rem }
}
table { border-collapse: collapse; width: 100%; font-size: .9375rem; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .5rem .3rem 0; border-bottom: 1px solid var(--line) }
th { font-weight: 600; font-size: .875rem; color: var(--quiet) }
th, td { text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left; padding-right: 1rem }
tr:last-child td { border-bottom: 0 }
svg { display: block; width: 100%; min-width: 48rem; height: auto }
svg text { fill: var(--text); font: 14px system-ui, sans-serif }
svg .tick text { fill: var(--quiet) }
svg .tick line { stroke: var(--line) }
svg .answers { fill: var(--answers) }
svg .failures { fill: var(--bad) }
svg .interval { stroke: var(--text); stroke-width: 2 }
svg .even { stroke: var(--quiet); stroke-dasharray: 3 3 }
svg .window { fill: var(--bad); opacity: .16 }
svg .rate, svg .lost, svg .p50, svg .p99 { fill: none; stroke: var(--answers); stroke-width: 2 }
svg .lost { stroke: var(--bad); stroke-dasharray: 6 3 }
svg .p99 { stroke: var(--series-1); stroke-dasharray: 6 3 }
span.p50, span.p99, span.lost { white-space: nowrap }
span.p50 { color: var(--answers) }
span.p99 { color: var(--series-1); margin-left: 1rem }
span.lost { color: var(--bad); margin-left: 1rem }
svg .series { fill: none; stroke-width: 1.5 }
svg .whole { stroke-width: 3 }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .875rem }
.legend svg { display: inline-block; width: 2rem; min-width: 0; vertical-align: middle }
@media print { section { break-inside: avoid } }
`
