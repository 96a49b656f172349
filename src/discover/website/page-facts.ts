import { cleanText, shortenText, withoutInstructions, withoutLinks } from '../../programme/companies/clean-text.ts';
import { domainOf } from '../../programme/companies/domain-name.ts';
import type { VisiblePage } from './visible-text.ts';

const MAX = { name: 100, oneLiner: 300, description: 1_000, integration: 40, integrations: 30 } as const;
/** Shorter blocks are buttons and menus. */
const PARAGRAPH = 60;

/** What the front page says the company is. Empty text is unknown. */
export function homeFacts(page: VisiblePage): { name: string; oneLiner: string; description: string } {
  const title = stated(page.title, MAX.oneLiner);
  const parts = title.split(/\s+[|–—·:•-]\s+|:\s+/).filter((part) => part !== '');
  const siteName = stated(page.siteName, MAX.name);
  const name = siteName || (parts.length > 1 ? parts.reduce((a, b) => (b.length < a.length ? b : a)) : '');
  const tagline = parts.filter((part) => part !== name && !/^(home(page)?|welcome|official site)$/i.test(part)).join(' – ');
  const paragraphs = page.blocks.filter((block) => block.length >= PARAGRAPH);
  const about = stated(page.description, MAX.description) || stated(paragraphs.slice(0, 3).join('\n'), MAX.description);
  const oneLiner = tagline.split(' ').length >= 3 ? tagline : (about.split(/(?<=[.!?])\s/)[0] ?? '');
  return { name: shortenText(name, MAX.name).text, oneLiner: shortenText(oneLiner, MAX.oneLiner).text, description: about };
}

const BEFORE_NAMES =
  /\b(?:integrat(?:es?|ed|ions?)|connects?|connected|connectors?|works|syncs?|plugins?|add-?ons?|apps?)\s+(?:\w+\s+)?(?:with|to|for|into)\s+/gi;
const NAME = /^(?:[\p{Lu}\d][\p{L}\d.+&'’-]*)(?:\s+[\p{Lu}\d][\p{L}\d.+&'’-]*){0,3}/u;
/** Words that begin with a capital and name no product. */
const NO_NAME = /^(your|our|the|any|all|most|over|more|hundreds|thousands|popular|other|existing|leading|ai|api|apis|crm|erp)$/i;

/** Products the page says it connects to: the names after “integrates with …” and the like, in the order of the page. */
export function statedIntegrations({ blocks }: VisiblePage): string[] {
  const found = new Map<string, string>();
  for (const block of blocks) {
    const text = stated(block, 2_000);
    for (const match of text.matchAll(BEFORE_NAMES)) {
      for (const name of namesIn(text.slice(match.index + match[0].length)))
        if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), name);
    }
  }
  return [...found.values()].slice(0, MAX.integrations);
}

/** Names parted by commas and “and” at the beginning of a text. */
function namesIn(text: string): string[] {
  const names: string[] = [];
  let rest = text;
  while (names.length < MAX.integrations) {
    const name = NAME.exec(rest)?.[0].replace(/[.,'’-]+$/, '') ?? '';
    if (name === '' || name.length > MAX.integration || NO_NAME.test(name)) return names;
    names.push(name);
    const next = /^\s*(?:,\s*(?:and|or|&)?|and|or|&|\/)\s+/.exec(rest.slice(name.length));
    if (!next) return names;
    rest = rest.slice(name.length + next[0].length);
  }
  return names;
}

const PAGES = {
  partner: /\bpartner(s|ships?)?\b|\bpartner-?(program(me)?|network|portal)\b|\bresellers?\b|\baffiliates?\b/i,
  integrations: /\bintegrations?\b|\bmarketplace\b|\bapp[ -]?(store|directory)\b/i,
} as const;

/** The address of the page about partners, or about integrations, that the site itself links to; null when there is none. Only
 *  pages of the same company count. */
export function linkedPage(page: VisiblePage, base: string, kind: keyof typeof PAGES): string | null {
  const home = domainOf(base);
  for (const { href, text } of page.links) {
    if (!URL.canParse(href, base)) continue;
    const url = new URL(href, base);
    const isPage = url.protocol === 'https:' || url.protocol === 'http:';
    const isOwn = home !== null && domainOf(url.href) === home;
    if (!isPage || !isOwn || url.href.length > 500) continue;
    url.hash = '';
    if (PAGES[kind].test(url.pathname.replaceAll(/[-_/]/g, ' ')) || PAGES[kind].test(text.trim().slice(0, 60))) return url.href;
  }
  return null;
}

/** Text of a page as a fact: on one line, without what nobody sees, without links and without orders to whoever reads. */
function stated(text: string, max: number): string {
  const sentences = text.split('\n').map(cleanText).join('\n');
  const kept = shortenText(withoutLinks(withoutInstructions(sentences)), max);
  return cleanText(kept.text);
}
