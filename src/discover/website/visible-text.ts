import { setImmediate as nextTurn } from 'node:timers/promises';

export type PageLink = { href: string; text: string };
/** What a visitor of a page sees: its title, its description for search engines, its text by block, its links. */
export type VisiblePage = { title: string; siteName: string; description: string; blocks: string[]; links: PageLink[] };

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** Never shown, or shown only to programs, whatever stands in them. */
const UNSEEN = new Set('script style noscript template svg math iframe object audio video canvas textarea select datalist head'.split(' '));
/** An element of this kind ends the words before it. */
const INLINE = new Set('a abbr b bdi bdo cite code em font i kbd mark q s small span strong sub sup time u wbr'.split(' '));
const HIDING =
  /display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|opacity\s*:\s*0(\.0+)?\s*(;|!|$)|font-size\s*:\s*0(\.\d+)?(px|em|rem|pt|%)?\s*(;|!|$)|text-indent\s*:\s*-\d{3,}|(left|right|top|bottom)\s*:\s*-\d{3,}|clip(-path)?\s*:\s*(rect|inset)|transform\s*:\s*scale\(\s*0|(max-)?(height|width)\s*:\s*[01]px|content-visibility\s*:\s*hidden|color\s*:\s*transparent/i;

const MAX_BLOCKS = 2_000;
const MAX_LINKS = 2_000;
/** Characters of one block of text, of an attribute, or of a rule in a style sheet, that are looked at. */
const MAX_BLOCK = 5_000;
/** Reading ends where elements nest deeper than on any page for people: that only serves to exhaust a reader. */
const MAX_DEPTH = 1_000;
/** Characters read before others get their turn: about a millisecond. */
const CHUNK = 16_384;

type Open = { name: string; hidden: boolean };

/** Reads a page as a visitor sees it, as far as that can be told without drawing it: hidden elements, comments, data for programs
 *  and texts that stand for images are left out. Nothing of the page is run or loaded. Others get their turn meanwhile. */
export async function visiblePage(html: string): Promise<VisiblePage> {
  const reading: Reading = {
    page: { title: '', siteName: '', description: '', blocks: [], links: [] },
    open: [],
    hiddenNames: new Set(),
    metas: new Set(),
    words: '',
    link: null,
  };
  // Loaded with the first page: a process that is just starting does not pay for it.
  const { Parser } = await import('htmlparser2');
  const parser = new Parser({
    onopentag: (name, attributes) => opened(reading, name, attributes),
    ontext: (text) => said(reading, text),
    onclosetag: (name) => closed(reading, name),
  });
  for (let at = 0; at < html.length && reading.open.length < MAX_DEPTH; at += CHUNK) {
    parser.write(html.slice(at, at + CHUNK));
    await nextTurn();
  }
  if (reading.open.length < MAX_DEPTH) parser.end();
  endBlock(reading);
  return reading.page;
}

/** All that a visitor reads on a page, a block a line, with its title and description. */
export function wordsOf({ title, description, blocks }: VisiblePage): string {
  return [title, description, ...blocks].join('\n');
}

/** Whether a text has the quoted words as they stand, but for white space, case and the kind of quotation marks and dashes. */
export function isQuotedFrom(text: string, quote: string): boolean {
  const wanted = comparable(quote);
  return wanted !== '' && comparable(text).includes(wanted);
}

/** One spelling of a text and its quotes: no case, single blanks, plain quotation marks and dashes. */
export function comparable(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[“”„«»″]/g, '"')
    .replace(/[‘’‚′]/g, "'");
  return plain
    .replace(/\p{Pd}/gu, '-')
    .replace(/[\s\u00ad\u200b]+/g, ' ')
    .trim();
}

type Reading = { page: VisiblePage; open: Open[]; hiddenNames: Set<string>; metas: Set<string>; words: string; link: PageLink | null };

function opened(reading: Reading, name: string, attributes: Record<string, string>): void {
  const { open, page, hiddenNames } = reading;
  if (name === 'meta') readMeta(reading, attributes);
  if (!INLINE.has(name)) endBlock(reading);
  if (VOID.has(name)) return;
  const hidden = (open.at(-1)?.hidden ?? false) || isHidden(name, attributes, hiddenNames);
  open.push({ name, hidden });
  if (name !== 'a' || hidden || !attributes.href || attributes.href.length > MAX_BLOCK || page.links.length >= MAX_LINKS) return;
  reading.link = { href: attributes.href, text: '' };
  page.links.push(reading.link);
}

function said(reading: Reading, text: string): void {
  const { open, page, link, hiddenNames } = reading;
  const [inside, around] = [open.at(-1), open.at(-2)];
  if (inside?.name === 'style') for (const name of hiddenBy(text)) hiddenNames.add(name);
  if (inside?.name === 'title' && around?.name !== 'svg' && page.title.length < MAX_BLOCK) page.title += text;
  if (inside?.hidden || inside?.name === 'title') return;
  if (reading.words.length < MAX_BLOCK) reading.words += text;
  if (link && link.text.length < MAX_BLOCK) link.text += text;
}

function closed(reading: Reading, name: string): void {
  if (!INLINE.has(name)) endBlock(reading);
  if (name === 'a') reading.link = null;
  if (reading.open.at(-1)?.name === name) reading.open.pop();
}

function endBlock(reading: Reading): void {
  const text = reading.words.slice(0, MAX_BLOCK).replace(/\s+/g, ' ').trim();
  if (text !== '' && reading.page.blocks.length < MAX_BLOCKS) reading.page.blocks.push(text);
  reading.words = '';
}

function isHidden(name: string, attributes: Record<string, string>, hiddenNames: ReadonlySet<string>): boolean {
  // Only the title of a head is seen, and it is read by itself.
  if (UNSEEN.has(name) || 'hidden' in attributes || 'inert' in attributes || attributes['aria-hidden'] === 'true') return true;
  if (HIDING.test(attributes.style?.slice(0, MAX_BLOCK) ?? '') || hiddenNames.has(`#${attributes.id}`)) return true;
  if (attributes.color && /^(#fff(fff)?|white)$/i.test(attributes.color)) return true;
  return (attributes.class ?? '')
    .slice(0, MAX_BLOCK)
    .split(/\s+/)
    .some((own) => hiddenNames.has(`.${own}`) || /^(sr-only|visually-?hidden|hidden|d-none)$/i.test(own));
}

/** Classes and ids that a style sheet of the page hides, as `.class` and `#id`. */
function hiddenBy(sheet: string): string[] {
  return sheet.split('}').flatMap((rule) => {
    const [selectors = '', declarations = ''] = rule.slice(0, MAX_BLOCK).split('{');
    if (!HIDING.test(declarations)) return [];
    return selectors.split(',').flatMap((selector) => (/^[.#][\w-]+$/.test(selector.trim()) ? selector.trim() : []));
  });
}

/** The first of each kind counts, and what is meant for search engines before what is meant for shared links. */
function readMeta({ page, metas }: Reading, { name, property, content = '' }: Record<string, string>): void {
  const key = (name ?? property ?? '').toLowerCase();
  if (metas.has(key)) return;
  metas.add(key);
  if (key === 'description' || (key === 'og:description' && !metas.has('description'))) page.description = content.slice(0, MAX_BLOCK);
  if (key === 'og:site_name') page.siteName = content.slice(0, MAX_BLOCK);
}
