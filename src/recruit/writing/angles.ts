import type { Evidence } from '../../discover/fit/fit.ts';
import { readGeography } from '../../discover/fit/places.ts';
import { cleanText, withoutInstructions } from '../../programme/companies/clean-text.ts';
import type { Company, FactName } from '../../programme/companies/company.ts';
import { addressesIn } from './addresses.ts';
import { asRead, bareWords, withoutPictures } from './plain-words.ts';
import { cutQuote, type Quotable, quotables } from './quotable.ts';
import { spokenName } from './spoken-name.ts';
import type { Angle } from './writing.ts';

const CITABLE = [
  'oneLiner',
  'description',
  'industries',
  'tags',
  'locations',
  'founded',
  'teamSize',
  'integrations',
] as const satisfies FactName[];

/** The stored facts a draft may rest a claim on, by field. Unknown facts are absent. */
export function companyEvidence(company: Company): Evidence[] {
  return CITABLE.flatMap((field) => {
    const value = company[field];
    const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
    return text ? [{ field, value: text, ...(company.origins[field] ?? company.origin) }] : [];
  });
}

/** The same by the ids under which a letter names them. */
export function factsOf(company: Company): Record<string, Evidence> {
  return Object.fromEntries(companyEvidence(company).map((fact, index) => [`f${index + 1}`, fact]));
}

/** The id of the fact that is quoted. */
export function groundOf({ evidence }: Angle, company: Company): string[] {
  const fact = Object.entries(factsOf(company)).find(([, { field }]) => field === evidence.field);
  return fact ? [fact[0]] : [];
}

/** Entries of a directory that say nothing of one company. */
const EMPTY_FIELDS = new Set([
  'b2b',
  'b2c',
  'saas',
  'open source',
  'other',
  'others',
  'ai',
  'consumer',
  'software',
  'api',
  'technology',
  'industrials',
  'paas saas',
  'infra',
  'remote',
  'it',
]);

/** Fewer words at the start than this have no verb worth quoting. */
const USABLE = -3;

/** The facts a letter to this company can rest on, the best first; each says something else. Empty when nothing usable is on file. */
export function anglesOf(company: Company): Angle[] {
  const evidence = new Map(companyEvidence(company).map((fact) => [fact.field, fact]));
  const names = [company.name, spokenName(company.name), ...company.aliases];
  const texts = (['oneLiner', 'description'] as const).flatMap((field) => {
    const fact = evidence.get(field);
    const kind = field === 'oneLiner' ? ('line' as const) : ('text' as const);
    return fact ? quotables(fact.value, names).map((found) => ({ kind, evidence: fact, ...found, merit: found.merit + LIKED[kind] })) : [];
  });
  const chosen = distinct(texts.filter(({ merit }) => merit >= USABLE).sort(byMerit));
  // The worst is better than nothing.
  const kept = chosen.length > 0 ? chosen : texts.slice(0, 1);
  return [
    ...kept.map(({ kind, quote, evidence }) => ({ kind, quote, evidence })),
    ...fields(company, evidence),
    ...places(company, evidence),
    ...years(company, evidence),
  ];
}

/** A line written to say what a company is comes before any sentence of a longer text. */
const LIKED = { line: 8, text: 1 } as const;
const MOST_TEXTS = 4;

function byMerit(a: Quotable, b: Quotable): number {
  return b.merit - a.merit;
}

/** Without those that say the same in other words: most of the words of one are in another. */
function distinct<Kind extends Quotable>(texts: Kind[]): Kind[] {
  const kept: Kind[] = [];
  for (const text of texts) {
    const words = new Set(bareWords(text.quote).split(' '));
    const isNew = kept.every((other) => {
      const known = new Set(bareWords(other.quote).split(' '));
      const shared = [...words].filter((word) => known.has(word)).length;
      return shared < 0.6 * Math.min(words.size, known.size);
    });
    if (isNew && kept.length < MOST_TEXTS) kept.push(text);
  }
  return kept;
}

function fields(company: Company, evidence: Map<string, Evidence>): Angle[] {
  for (const field of ['industries', 'tags'] as const) {
    const fact = evidence.get(field);
    const telling = company[field]
      .map(itemText)
      .filter((item) => item.length > 2 && item.length <= 50 && !EMPTY_FIELDS.has(bareWords(item)) && addressesIn(item).length === 0);
    const quote = cutQuote([...new Set(telling)].slice(0, 2).join(', '), 100);
    if (fact && quote) return [{ kind: 'field', quote, evidence: fact }];
  }
  return [];
}

/** A town with its country; a region or “Remote” is no place to speak of. */
function places(company: Company, evidence: Map<string, Evidence>): Angle[] {
  const fact = evidence.get('locations');
  const place = company.locations
    .map(itemText)
    .find((text) => text.includes(',') && text.length <= 80 && readGeography(text).places.length > 0);
  return fact && place ? [{ kind: 'place', quote: place, evidence: fact }] : [];
}

function years({ founded }: Company, evidence: Map<string, Evidence>): Angle[] {
  const fact = evidence.get('founded');
  return fact && founded ? [{ kind: 'founded', quote: String(founded), evidence: fact }] : [];
}

function itemText(item: string): string {
  return cleanText(withoutPictures(asRead(withoutInstructions(item))).replace(/["“”„«»]/g, '’')).replace(/[\s.,;:]+$/, '');
}
