import { setTimeout as pause } from 'node:timers/promises';
import { type OwnCompanyAnswer, ownCompany } from '../../../prompts/discover/own-company.ts';
import type { Deps } from '../../deps.ts';
import { sentencesOf } from '../../platform/sentences.ts';
import { cleanText, isOrder, shortenText, withoutInstructions, withoutLinks } from '../../programme/companies/clean-text.ts';
import { LISTS } from '../fit/fit-target.ts';
import { findPhrases } from '../fit/phrase-matcher.ts';
import { readGeography } from '../fit/places.ts';
import { type PageProblem, PageUnreadable } from './network.ts';
import { homeFacts } from './page-facts.ts';
import { readFrontPage } from './read-website.ts';
import { isQuotedFrom, type VisiblePage, wordsOf } from './visible-text.ts';

/** What set-up begins with; a person corrects it before it is saved. Empty text is unknown. */
export type Proposal = {
  /** A domain. */
  website: string;
  name: string;
  sells: string;
  customers: string;
  regions: string;
  /** Why the site was not read; null when it was. */
  problem: PageProblem | null;
};

/** Somebody waits before a form. */
const READ_MS = 10_000;
const ASK_MS = 15_000;
const MAX = { name: 100, sells: 1000, customers: 1000, regions: 300 } as const;
type Field = keyof typeof MAX;
/** Characters of a page that are looked at. */
const MOST_READ = 12_000;

/** Reads a company's own front page and proposes what set-up asks for: the page's own words, or the model's, when one is connected, for
 *  each field whose quote stands on the page. Never throws for what the site or the model does. Stores nothing. */
export async function proposeCompany(website: string, { network, ask }: Pick<Deps, 'network' | 'ask'>): Promise<Proposal> {
  const nothing = { website, name: '', sells: '', customers: '', regions: '' };
  try {
    const { page } = await within(READ_MS, readFrontPage(website, network), () => new PageUnreadable('too-slow'));
    const stated = statedBy(website, page);
    return { website, ...stated, ...(ask ? await worded(website, page, ask) : {}), problem: null };
  } catch (error) {
    if (error instanceof PageUnreadable) return { ...nothing, problem: error.problem };
    throw error;
  }
}

function statedBy(domain: string, page: VisiblePage): Record<Field, string> {
  const { name, oneLiner, description } = homeFacts(page);
  const isSaidTwice = oneLiner === '' || description.includes(oneLiner);
  // What stands first weighs most when it is understood.
  const sells = isSaidTwice ? description : [`${oneLiner.replace(/[.!?]?$/, '.')}`, description].join(' ');
  const text = page.blocks.join('\n').slice(0, MOST_READ);
  const customers = buyersIn(text) || buyersIn(page.description);
  return {
    name: name || titleAsName(domain, page),
    sells: proposed('sells', sells),
    customers: proposed('customers', customers),
    regions: regionsIn(`${page.description}\n${text}`),
  };
}

/** A title that is nothing but the name of the domain. */
function titleAsName(domain: string, { title }: VisiblePage): string {
  const letters = title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return letters !== '' && letters === domain.split('.')[0]?.replaceAll('-', '') ? proposed('name', title) : '';
}

const MOST_SENTENCES = 2;
/** Shorter ones are menus, longer ones paragraphs without an end. */
const SENTENCE = { shortest: 25, longest: 300 } as const;

/** The sentences that name groups of customers most, in the order of the page. */
function buyersIn(text: string): string {
  const found = [...new Set(sentencesOf(text))].flatMap((sentence, at) => {
    if (sentence.length < SENTENCE.shortest || sentence.length > SENTENCE.longest || isOrder(sentence)) return [];
    const named = findPhrases(LISTS, sentence).filter(({ signs }) => signs.some(({ meaning }) => meaning.kind === 'segment'));
    return named.length > 0 ? [{ sentence, at, named: named.length }] : [];
  });
  const best = found.sort((a, b) => b.named - a.named || a.at - b.at).slice(0, MOST_SENTENCES);
  return best
    .sort((a, b) => a.at - b.at)
    .map(({ sentence }) => sentence)
    .join(' ');
}

const MOST_PLACES = 8;

function regionsIn(text: string): string {
  // “Contact us” is no country.
  const { places, whole, everywhere } = readGeography(text.replace(/\bus\b/gi, ' '));
  const named = [...new Set([...places.map(({ country }) => country), ...whole])].slice(0, MOST_PLACES);
  return [...named, ...(everywhere ? ['worldwide'] : [])].join(', ');
}

/** The fields that the model words better, each only with a quote that stands on the page. */
async function worded(domain: string, page: VisiblePage, ask: NonNullable<Deps['ask']>): Promise<Partial<Record<Field, string>>> {
  const text = wordsOf(page);
  const { title, description } = page;
  const input = { domain, title: title.slice(0, 300), description: description.slice(0, 1000), text: text.slice(0, MOST_READ) };
  // The page's own words stay. Why a model fails is logged where it is asked; that it only takes longer than somebody waits, nowhere.
  const answer = await within(ASK_MS, ask(ownCompany, input), () => new Error('the model took too long')).catch(() => null);
  if (!answer) return {};
  const fields = (Object.keys(MAX) as Field[]).flatMap((field) => {
    const wording = wordingOf(answer, field, text);
    return wording === '' ? [] : [[field, wording]];
  });
  return Object.fromEntries(fields);
}

function wordingOf(answer: OwnCompanyAnswer, field: Field, page: string): string {
  const { text, quote } = answer[field];
  return isQuotedFrom(page, quote) && !isOrder(quote) ? proposed(field, text) : '';
}

/** As a fact of a page is kept: on one line, without links and without orders to whoever reads, no longer than the form takes. */
function proposed(field: Field, text: string): string {
  return shortenText(cleanText(withoutLinks(withoutInstructions(text))), MAX[field]).text;
}

async function within<Value>(ms: number, doing: Promise<Value>, late: () => Error): Promise<Value> {
  const done = new AbortController();
  const timeUp = pause(ms, undefined, { signal: done.signal, ref: false }).then(() => {
    throw late();
  });
  try {
    return await Promise.race([doing, timeUp]);
  } finally {
    done.abort();
  }
}
