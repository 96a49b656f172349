import type { TextObject } from '@slack/types';
import { state } from './client.ts';
import { formatMoment } from './date-token.ts';
import { emoji, withEmoji } from './emoji.ts';
import { h } from './h.ts';
import { link } from './links.ts';
import { channelName, userName } from './names.ts';

const WORD = '[\\p{L}\\p{N}]';
const styled = (mark: string, name: string): string => `(?<!${WORD}|[${mark}])[${mark}](?=\\S)(?<${name}>[^\\n]*?\\S)[${mark}](?!${WORD})`;
const INLINE = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<(?<angle>[^<>\\n]+)>',
    styled('*', 'bold'),
    styled('_', 'italic'),
    styled('~', 'strike'),
    ':(?<emoji>[a-z0-9_+-]+):',
    '(?<url>https?://[^\\s<>|]*[^\\s<>|.,;:!?)\'"])',
  ].join('|'),
  'gu',
);
const QUOTE = /^(?:>|&gt;) ?/;

/** A Block Kit text object as it is shown. */
export function textNodes(text: TextObject): DocumentFragment {
  if (text.type === 'mrkdwn') return mrkdwn(text.text);
  return lines(text.text, (line) => [text.emoji === false ? line : withEmoji(line)]);
}

/** Slack's own markup. What is not markup is text: nothing in a message can become an element of its own.
 *  Source: Slack, "Formatting text for app surfaces". */
export function mrkdwn(text: string): DocumentFragment {
  const out = document.createDocumentFragment();
  text.split(/```([\s\S]+?)```/).forEach((part, index) => {
    if (index % 2) out.append(h('pre', {}, decode(part.replace(/^\n|\n$/g, ''))));
    else if (part) out.append(quoted(index ? part.replace(/^\n/, '') : part));
  });
  return out;
}

/** Runs of lines that begin with `>` become quotes; the rest are lines of text. */
function quoted(text: string): DocumentFragment {
  const out = document.createDocumentFragment();
  const runs: { quote: boolean; lines: string[] }[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const quote = QUOTE.test(line);
    const last = runs.at(-1);
    const content = quote ? line.replace(QUOTE, '') : line;
    if (last?.quote === quote) last.lines.push(content);
    else runs.push({ quote, lines: [content] });
  }
  for (const run of runs) {
    const nodes = lines(run.lines.join('\n'), inline);
    out.append(run.quote ? h('blockquote', {}, nodes) : nodes);
  }
  return out;
}

function lines(text: string, draw: (line: string) => (Node | string)[]): DocumentFragment {
  const out = document.createDocumentFragment();
  text.split('\n').forEach((line, index) => {
    if (index) out.append(h('br'));
    out.append(...draw(line));
  });
  return out;
}

function inline(text: string): (Node | string)[] {
  const out: (Node | string)[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    out.push(decode(text.slice(from, match.index)), mark(match.groups ?? {}));
    from = match.index + match[0].length;
  }
  out.push(decode(text.slice(from)));
  return out;
}

function mark({ code, angle, bold, italic, strike, emoji: name, url }: Record<string, string | undefined>): Node | string {
  if (code) return h('code', {}, decode(code));
  if (angle) return reference(angle);
  if (bold) return h('strong', {}, ...inline(bold));
  if (italic) return h('em', {}, ...inline(italic));
  if (strike) return h('s', {}, ...inline(strike));
  if (name) return emoji(name);
  return link(decode(url ?? ''), decode(url ?? ''));
}

/** What stands between `<` and `>`: a person, a channel, a date, everybody, or a link. */
function reference(content: string): Node | string {
  const [target = '', ...rest] = content.split('|');
  const label = rest.length ? decode(rest.join('|')) : null;
  if (target.startsWith('@')) return userMention(target.slice(1));
  if (target.startsWith('#')) return channelMention(target.slice(1), label);
  if (target.startsWith('!date^')) return dateMention(target, label);
  if (target.startsWith('!')) return h('span', { class: 'mention' }, label ?? `@${target.slice(1).split('^')[0]}`);
  if (!/^(https?|mailto|tel):/i.test(target)) return decode(`<${content}>`);
  return link(decode(target), withEmoji(label ?? decode(target.replace(/^(mailto|tel):/i, ''))));
}

export function userMention(id: string): HTMLElement {
  return h('span', { class: id === state().me.id ? 'mention me' : 'mention', 'data-user': id }, `@${userName(id)}`);
}

export function channelMention(id: string, label: string | null): HTMLElement {
  const name = channelName(id);
  return name
    ? h('a', { class: 'mention', href: `#${id}` }, `#${name}`)
    : h('span', { class: 'mention' }, `#${label ?? 'private channel'}`);
}

function dateMention(target: string, label: string | null): Node | string {
  const [, seconds = '', format = '', url] = target.split('^');
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return label ?? '';
  const shown = h('time', { datetime: at.toISOString() }, formatMoment(at, decode(format), new Date()));
  return url ? link(decode(url), shown) : shown;
}

function decode(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
