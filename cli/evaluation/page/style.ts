/**
 * @module
 * How the page looks, on a light screen and on a dark one, and on paper.
 */

/** Also of a plot that stands alone. */
export const PLOT_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f5f7f6; --ink: #1c2733; --soft: #566472;
  --grid: #e3e8ec; --axis: #9aa6b1;
  --own: #0b7a5f; --peer: #a4590c; --part: #4a76a8; --plain: #66727d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12171c; --raised: #1a2127; --ink: #e8edf2; --soft: #a3b0bc;
    --grid: #28313a; --axis: #56636f;
    --own: #4fd1ab; --peer: #eba75c; --part: #85b1e2; --plain: #8b98a5;
  }
}
svg .ink { fill: var(--ink) } svg .soft { fill: var(--soft); font-size: 12.5px }
svg .small { font-size: 13px } svg .tiny { font-size: 11px } svg .strong { font-weight: 650 }
svg .grid { stroke: var(--grid) } svg .axis { stroke: var(--axis) }
svg .rule { stroke: var(--axis); stroke-dasharray: 4 4 }
svg .whisker { stroke-width: 3; stroke-linecap: round; opacity: 0.55 }
svg .line { fill: none; stroke-width: 1.8; stroke-linejoin: round }
svg .line.own { stroke-width: 3 }
svg .band { stroke: none; opacity: 0.13 }
svg .leader { opacity: 0.4 }
svg .name { font-size: 13px } svg .name.own { font-weight: 650 }
${['own', 'peer', 'part', 'plain']
  .map(
    (role) =>
      `svg .dot.${role}, svg .band.${role}, svg .name.${role} { fill: var(--${role}) } ` +
      `svg .whisker.${role}, svg .line.${role}, svg .leader.${role} { stroke: var(--${role}) }`,
  )
  .join('\n')}
`;

export const STYLE = `${PLOT_STYLE}* { box-sizing: border-box }
html { background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100% }
body {
  margin: 0 auto; padding: 3.5rem 1.25rem 5rem; max-width: 57rem;
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif;
}
h1 { font-size: clamp(1.7rem, 4.5vw, 2.3rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 0.75rem }
h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -0.01em; margin: 3.5rem 0 0.35rem }
p { margin: 0.35rem 0 1rem; max-width: 42rem }
header p, .about, footer { color: var(--soft) }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.75rem; margin: 2rem 0 0; padding: 0 }
.tile { background: var(--raised); border-radius: 0.6rem; padding: 0.9rem 1.1rem 1rem; display: flex; flex-direction: column-reverse; justify-content: flex-end }
.tile dt { color: var(--soft); font-size: 0.86rem; line-height: 1.35 }
.tile dd { margin: 0; font-size: 1.75rem; font-weight: 650; letter-spacing: -0.02em; font-variant-numeric: tabular-nums }
.tile:first-child dd { color: var(--own) }
figure { margin: 1.1rem 0 0 }
.scroll { overflow-x: auto }
svg { display: block; width: 100%; min-width: 36rem; height: auto; font: 14px system-ui, -apple-system, 'Segoe UI', sans-serif }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 1rem }
.pair svg { min-width: 0 }
.key { display: flex; flex-wrap: wrap; gap: 0.25rem 1.4rem; list-style: none; margin: 1rem 0 0; padding: 0; font-size: 0.88rem; color: var(--soft) }
.key li::before { content: ''; display: inline-block; width: 0.7rem; height: 0.7rem; border-radius: 50%; margin-right: 0.45rem; background: var(--role) }
.key .own { --role: var(--own) } .key .peer { --role: var(--peer) }
.key .part { --role: var(--part) } .key .plain { --role: var(--plain) }
details { margin-top: 0.5rem; font-size: 0.92rem }
summary { cursor: pointer; color: var(--soft); width: fit-content }
summary:hover { color: var(--ink) }
:focus-visible { outline: 2px solid var(--own); outline-offset: 3px; border-radius: 2px }
table { border-collapse: collapse; width: 100%; font-size: 0.88rem; font-variant-numeric: tabular-nums; margin-top: 0.6rem }
caption { text-align: left; color: var(--soft); padding-bottom: 0.4rem }
th, td { padding: 0.38rem 0 0.38rem 1.1rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--grid) }
th { font-weight: 500 } thead th { color: var(--soft); vertical-align: bottom }
th:first-child { text-align: left; padding-left: 0 }
tr.own th, tr.own td { color: var(--own); font-weight: 650 }
dl.constants { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.4rem; font-size: 0.92rem }
.constants dt { color: var(--soft) } .constants dd { margin: 0; overflow-wrap: anywhere }
footer { margin-top: 4rem; border-top: 1px solid var(--grid); padding-top: 1rem; font-size: 0.88rem }
@media print { body { padding: 0; max-width: none } details { display: none } figure { break-inside: avoid } }
`;
