import { pageHeaders } from '../../platform/page-headers.ts';
import { type Html, html } from './html.ts';

const STYLE = `
:root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { box-sizing: border-box; max-width: 40rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2rem 0 .5rem; font-size: 1.2rem; }
p, li, dd { overflow-wrap: anywhere; }
a { color: LinkText; }
nav { margin: 0 0 1.5rem; }
.field { margin: 0 0 1.25rem; }
label { display: block; font-weight: 600; }
.hint, .wrong { margin: .15rem 0; font-size: .9rem; }
.wrong { font-weight: 600; color: #b3261e; }
input, select, textarea { box-sizing: border-box; width: 100%; font: inherit; padding: .55rem .6rem; border: 1px solid GrayText; border-radius: .3rem; }
button { font: inherit; font-weight: 600; padding: .7rem 1.4rem; border: 0; border-radius: .4rem; background: #1f3a5f; color: #fff; cursor: pointer; }
.list { padding: 0; list-style: none; }
.list li { margin: 0 0 1rem; padding: 0 0 1rem; border-bottom: 1px solid GrayText; }
.done { padding: .8rem 1rem; border: 2px solid #1f7a4d; border-radius: .4rem; }
@media (prefers-color-scheme: dark) { button { background: #2f5f9e; } .wrong { color: #ff8a80; } }
:focus-visible { outline: 3px solid #6ea8fe; outline-offset: 2px; }
`;

export const PAGE_HEADERS = pageHeaders(STYLE);

/** The whole page. `way`: the link back, above the title. */
export function pageLayout(title: string, body: Html, way: { href: string; label: string } | null): string {
  // The style is ours, and the header allows it by its hash: it stands as it is.
  const style: Html = { markup: `<style>${STYLE}</style>` };
  const back = way && html`<nav><a href="${way.href}">${way.label}</a></nav>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
${style}
</head>
<body>
<main>
${back}
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.markup;
}
