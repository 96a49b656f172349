import type { ContextBlock, DividerBlock, HeaderBlock, MrkdwnElement, SectionBlock } from '@slack/types';

/** Slack's limits that we build against, in characters. Source: reference/block-kit/blocks. */
export const LIMIT = { section: 3000, header: 150, button: 75, title: 24, message: 4000, option: 75, context: 2000 } as const;

/** Characters of JSON in all blocks of one message. Slack's `msg_blocks_too_long` is not documented; seen from about 13,200 on, where text alone
 *  was 11,300, so the blocks around it count. Source: github.com/slackapi/bolt-js, issues 2509 and 2867. */
export const MOST_JSON = 12_800;

/** A message's blocks as Slack counts them against `MOST_JSON`. */
export function jsonLength(blocks: readonly object[]): number {
  return JSON.stringify(blocks).length;
}

/** Outside text inside mrkdwn: Slack's three control characters become entities, so no mention, link or channel can be forged. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The words of a command as they were typed: Slack sends them as `escaped` would write them, and addresses as links. */
export function unescaped(text: string): string {
  const typed = text.replace(/<(?:mailto:|https?:\/\/)[^<>|]*\|([^<>]*)>/g, '$1').replace(/<(https?:\/\/[^<>|]*)>/g, '$1');
  return typed.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Outside text inside bold or italics: formatting marks are defused with a zero-width space. */
export function plain(text: string): string {
  return escaped(text).replace(/[*_~`]/g, (mark) => `\u200b${mark}\u200b`);
}

/** Cuts at `max` characters, never in the middle of one, and shows that it did. */
export function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${wholeCharacters(text.slice(0, max - 1)).trimEnd()}…`;
}

/** As `shorten`, for text that is mrkdwn already: no entity, mention or link is cut in half. */
export function shortenMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = wholeCharacters(text.slice(0, max - 1)).replace(/&[a-z]{0,4}$|<[^>]*$/, '');
  return `${cut.trimEnd()}…`;
}

/** Outside text, escaped and then cut: escaping can make it five times as long. */
export function escapedTo(text: string, max: number): string {
  return shortenMrkdwn(escaped(text), max);
}

export function plainTo(text: string, max: number): string {
  return shortenMrkdwn(plain(text), max);
}

/** Text that is written from right to left, set apart so that it does not turn around what stands beside it. Source: Unicode, annex 9. */
export function isolated(text: string): string {
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text) ? `\u2068${text}\u2069` : text;
}

/** Without the first half of a surrogate pair at the end. */
function wholeCharacters(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '');
}

/** A link to a web address of ours or a checked domain; the label is outside text. */
export function link(url: string, label: string): string {
  return `<${encodeURI(url).replaceAll('|', '%7C').replaceAll('>', '%3E')}|${escaped(label).replaceAll('|', '¦')}>`;
}

/** A company's website by its domain; one too long for a line is shown without a link. */
export function siteLink(domain: string): string {
  return domain.length <= 80 ? link(`https://${domain}`, domain) : escapedTo(domain, 80);
}

/** Whoever the records name: somebody in Slack, the person written to, the product, an operator. */
export function person(by: string): string {
  if (by === 'system') return 'Partnerships';
  if (by === 'recipient') return 'the recipient';
  if (by.startsWith('contact:')) return 'one of their people, on the page';
  return by.startsWith('cli:') ? escaped(by) : `<@${by}>`;
}

/** A moment in the reader's own time zone; `fallback` for clients that cannot. */
export function moment(at: Date): string {
  const fallback = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty} {time}|${fallback}>`;
}

/** A day, in the reader's own time zone. */
export function day(at: Date): string {
  return `<!date^${Math.floor(at.getTime() / 1000)}^{date_long}|${at.toISOString().slice(0, 10)}>`;
}

export function section(text: string): SectionBlock {
  return { type: 'section', text: mrkdwn(text, LIMIT.section) };
}

/** Verbatim: Slack makes links and mentions of what we mark as such, and of nothing an imported text says.
 *  Source: reference/block-kit/composition-objects/text-object. */
export function mrkdwn(text: string, max: number): MrkdwnElement {
  return { type: 'mrkdwn', text: shortenMrkdwn(text, max), verbatim: true };
}

/** Text shown exactly as it is, without formatting, over as many sections as it needs: nothing is cut. */
export function verbatim(text: string): SectionBlock[] {
  const parts: string[] = [];
  for (let rest = text; rest.length > 0; ) {
    const cut = rest.length <= LIMIT.section ? rest.length : Math.max(rest.lastIndexOf('\n', LIMIT.section), LIMIT.section / 2);
    const part = cut < rest.length ? wholeCharacters(rest.slice(0, cut)) : rest;
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return parts.filter((part) => part.trim()).map((part) => ({ type: 'section', text: { type: 'plain_text', text: part, emoji: false } }));
}

export function context(...texts: string[]): ContextBlock {
  return { type: 'context', elements: texts.map((text) => mrkdwn(text, LIMIT.context)) };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: shorten(text, LIMIT.header), emoji: false } };
}

export const divider: DividerBlock = { type: 'divider' };
