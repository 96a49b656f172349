import { type Money, moneyWords, readMoney } from '../../platform/money.ts';
import { isFreeMail, registrableDomain } from '../../programme/companies/domain-name.ts';
import { countryOf } from '../../recruit/policy/countries.ts';
import { daysNamed } from '../../recruit/replies/day-back.ts';
import { FIELD_WORDS } from './deal-words.ts';

/** What a text says for one field: as a person would type it, and the words of the text that it rests on. */
export type Heard = { value: string; words: string };

/** Characters that are read; a day is looked for in the first of them. */
export const MOST_TEXT = 20_000;
const MOST_FOR_DAYS = 4_000;
/** Lines with a digit that a day is looked for in; each takes a good part of a millisecond, and others wait meanwhile. */
const MOST_DAY_LINES = 40;
const LONGEST_WORD = 300;

/** What can be read without a model, by rules that do not guess: a field is filled where the text names exactly one thing that it can be. `notTheirs`
 *  are domains of our own and the partner's. `at` is now, UTC. */
export function readDealText(text: string, { notTheirs, at }: { notTheirs: ReadonlySet<string>; at: Date }): Record<string, Heard> {
  const read = text.slice(0, MOST_TEXT);
  const found = {
    ...namedIn(read),
    website: websiteIn(read, notTheirs),
    value: sumIn(read),
    closeOn: dayIn(read.slice(0, MOST_FOR_DAYS), at),
  };
  return Object.fromEntries(Object.entries(found).flatMap(([name, heard]) => (heard ? [[name, heard] as const] : [])));
}

/** What stands behind a label of our own form, such as “Customer: Foxglove Clinics”. */
function namedIn(text: string): Partial<Record<'company' | 'country', Heard>> {
  const behind = (field: 'company' | 'country') => {
    const label = FIELD_WORDS[field].label.toLowerCase();
    const lines = text.split('\n').filter((line) => line.length <= LONGEST_WORD && line.trim().toLowerCase().startsWith(`${label}:`));
    const [line, ...more] = lines.map((one) => one.trim());
    return line && more.length === 0 ? { words: line, value: line.slice(label.length + 1).trim() } : null;
  };
  const [company, place] = [behind('company'), behind('country')];
  const country = place && countryOf([place.value]);
  return {
    ...(company && company.value.length > 1 && company.value.length <= 200 ? { company } : {}),
    ...(place && country ? { country: { ...place, value: country } } : {}),
  };
}

/** The registrable domain of a website or an address that can be a customer's; null for all else. */
export function customerDomain(typed: string, notTheirs: ReadonlySet<string>): string | null {
  const found = registrableDomain(typed.replace(/^[^@]*@/s, ''));
  return 'domain' in found && !isFreeMail(found.domain) && !notTheirs.has(found.domain) ? found.domain : null;
}

/** Whom they write to goes before what they link to. */
function websiteIn(text: string, notTheirs: ReadonlySet<string>): Heard | null {
  const words = text.split(/[\s<>()[\]{}"'“”„|,;]+/).filter((word) => word.length <= LONGEST_WORD && word.includes('.'));
  const bare = words.map((word) => word.replace(/^mailto:/i, '').replace(/[.:!?]+$/, ''));
  const isAddress = (word: string) => /^[^@/]+@[^@/]+$/.test(word);
  const isSite = (word: string) => /^(?:https?:\/\/|www\.)/i.test(word) || /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/\S*)?$/.test(word);
  return (
    onlyOne(bare.filter(isAddress), notTheirs) ??
    (bare.some(isTheirs(isAddress, notTheirs)) ? null : onlyOne(bare.filter(isSite), notTheirs))
  );
}

function isTheirs(kind: (word: string) => boolean, notTheirs: ReadonlySet<string>) {
  return (word: string) => kind(word) && customerDomain(word, notTheirs) !== null;
}

function onlyOne(words: readonly string[], notTheirs: ReadonlySet<string>): Heard | null {
  const found = new Map<string, string>();
  for (const word of words) {
    const domain = customerDomain(word, notTheirs);
    if (domain && !found.has(domain)) found.set(domain, word);
  }
  const [[value, heard] = ['', '']] = found;
  return found.size === 1 ? { value, words: heard } : null;
}

/** A number, in groups or not, with an ISO code or the sign of the euro behind it, or before it at the end of a line or a sentence. What may be in
 *  thousands or millions, as `EUR 1.2 million`, is none. */
const SUM =
  /(?<![\p{L}\d.,])(?:(?<before>[A-Z]{3}|€)\s?)?(?<number>\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,2})?|\d[\d.,']{0,20})(?:[ \u00a0\u202f]?(?<behind>[A-Z]{3}|€)(?![\p{L}\d])|(?=\s*(?:$|[\n;!?)])))/gmu;
/** Less is no deal, but a price or a number of a list. */
const LEAST_MINOR = 10_000;

function sumIn(text: string): Heard | null {
  const found = new Map<string, Heard>();
  for (const { 0: words, groups } of text.matchAll(SUM)) {
    const { before, number = '', behind } = groups ?? {};
    const code = (behind ?? before)?.replace('€', 'EUR');
    const digits = number.replace(/[.,]+$/, '');
    const money: Money | null = code ? readMoney(`${digits} ${code}`) : null;
    if (!money || money.minor < LEAST_MINOR) continue;
    const value = moneyWords(money);
    found.set(value, { value, words: words.trim().replace(/[.,]+$/, '') });
  }
  const [only] = found.values();
  return found.size === 1 && only ? only : null;
}

/** The line that names the day is what it rests on. Of a long list of numbers only the first lines are read. */
function dayIn(text: string, at: Date): Heard | null {
  const found = new Map<string, string>();
  const lines = text.split('\n').filter((line) => /\d/.test(line) && line.length <= LONGEST_WORD * 3);
  for (const line of lines.slice(0, MOST_DAY_LINES)) {
    for (const day of daysNamed(line, { now: at })) found.set(day.toISOString().slice(0, 10), line.trim());
  }
  const [[value, words] = ['', '']] = found;
  return found.size === 1 ? { value, words } : null;
}
