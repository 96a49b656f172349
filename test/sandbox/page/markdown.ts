import { withEmoji } from './emoji.ts';
import { h } from './h.ts';
import { link } from './links.ts';

const INLINE =
  /\\(?<literal>[!-/:-@[-`{-~])|`(?<code>[^`]+)`|\*\*(?<bold>.+?)\*\*|__(?<bold2>.+?)__|\*(?<italic>[^*\s][^*]*)\*|(?<!\w)_(?<italic2>[^_]+)_(?!\w)|~~(?<strike>.+?)~~|\[(?<label>[^\]]+)\]\((?<url>[^)\s]+)\)|(?<bare>https?:\/\/[^\s<>]*[^\s<>.,;:!?)])/g;

type Draw = (lines: string[]) => HTMLElement;

/** Runs of lines that belong together; the first kind whose pattern fits the line wins. */
const RUNS: { pattern: RegExp; draw: Draw }[] = [
  { pattern: /^#{1,6} /, draw: (lines) => h('div', {}, ...lines.map(heading)) },
  { pattern: /^(-{3,}|\*{3,})\s*$/, draw: () => h('hr') },
  { pattern: /^\s*[-*+] /, draw: (lines) => h('ul', {}, ...items(lines, /^\s*[-*+] /)) },
  { pattern: /^\s*\d+[.)] /, draw: (lines) => h('ol', {}, ...items(lines, /^\s*\d+[.)] /)) },
  { pattern: /^> ?/, draw: (lines) => h('blockquote', {}, ...paragraph(lines.map((line) => line.replace(/^> ?/, '')))) },
  { pattern: /^\s*$/, draw: () => h('br') },
  { pattern: /^\|.*\|\s*$/, draw: table },
  { pattern: /^/, draw: (lines) => h('p', {}, ...paragraph(lines)) },
];

/** Standard Markdown as a `markdown` block may hold it; raw HTML stays text. */
export function markdown(text: string): HTMLElement {
  const out = h('div', { class: 'rich-text' });
  text.split(/^```[^\n]*\n([\s\S]*?)\n?^```\s*$/m).forEach((part, index) => {
    if (index % 2) out.append(h('pre', {}, part));
    else out.append(...runsOf(part));
  });
  return out;
}

function runsOf(text: string): HTMLElement[] {
  const runs: { draw: Draw; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const draw = RUNS.find(({ pattern }) => pattern.test(line))?.draw;
    if (!draw) continue;
    const last = runs.at(-1);
    if (last?.draw === draw) last.lines.push(line);
    else runs.push({ draw, lines: [line] });
  }
  return runs.map((run) => run.draw(run.lines));
}

function heading(line: string): HTMLElement {
  const level = /^#+/.exec(line)?.[0].length ?? 1;
  return h('p', { class: 'heading', role: 'heading', 'aria-level': level + 2 }, ...inline(line.replace(/^#+ /, '')));
}

function items(lines: string[], bullet: RegExp): HTMLElement[] {
  return lines.map((line) => h('li', {}, ...inline(line.replace(bullet, ''))));
}

function paragraph(lines: string[]): (Node | string)[] {
  return lines.flatMap((line, index) => (index ? [h('br'), ...inline(line)] : inline(line)));
}

function table(lines: string[]): HTMLElement {
  const rows = lines.map((line) => line.trim().slice(1, -1).split('|'));
  const content = rows.filter((cells) => !cells.every((cell) => /^\s*:?-+:?\s*$/.test(cell)));
  const drawn = content.map((cells, index) => h('tr', {}, ...cells.map((cell) => h(index ? 'td' : 'th', {}, ...inline(cell.trim())))));
  return h('div', { class: 'table-frame' }, h('table', {}, ...drawn));
}

function inline(text: string): (Node | string)[] {
  const out: (Node | string)[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    out.push(withEmoji(text.slice(from, match.index)), mark(match.groups ?? {}));
    from = match.index + match[0].length;
  }
  return [...out, withEmoji(text.slice(from))];
}

function mark({
  literal,
  code,
  bold,
  bold2,
  italic,
  italic2,
  strike,
  label,
  url,
  bare,
}: Record<string, string | undefined>): Node | string {
  if (literal) return literal;
  if (code) return h('code', {}, code);
  const strong = bold ?? bold2;
  if (strong) return h('strong', {}, ...inline(strong));
  const slanted = italic ?? italic2;
  if (slanted) return h('em', {}, ...inline(slanted));
  if (strike) return h('s', {}, ...inline(strike));
  const target = url ?? bare ?? '';
  return link(target, label ?? target);
}
