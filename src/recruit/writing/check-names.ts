import { LEGAL_FORMS, NOT_NAMES } from '../../discover/fit/not-names.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import { monthsIn, weekdaysIn } from './calendar.ts';
import type { Fault } from './fault.ts';
import { templateWords } from './phrases.ts';
import { bareWords } from './plain-words.ts';
import type { Read } from './read-letter.ts';
import { type Grounds, LANGUAGES } from './writing.ts';

/** People, customers and places that stand nowhere in the data. A name is known by its capital; in German, where every noun has one, by
 *  its neighbours. */
export function nameFaults(read: Read, grounds: Grounds): Fault[] {
  const known = knownWords([...Object.values(grounds.texts), ...grounds.wording, ...sidesOf(grounds)]);
  return read.sentences.flatMap(({ spoken: text, kind, from }, sentence) => {
    if (kind === 'closing') return [];
    const runs = grounds.language === 'de' ? germanNames(text, from, known) : namesIn(text).filter((words) => !known(words.at(-1) ?? ''));
    // “Good Morning Dana”: a greeting that has their name is none of somebody else.
    if (kind === 'greeting' && (runs.length === 0 || capitals(text).some(({ word, isFirst }) => !isFirst && known(word)))) return [];
    return runs.map((words): Fault => ({ code: 'name-unknown', sentence, said: words.join(' ') }));
  });
}

function sidesOf({ us, them }: Grounds): string[] {
  return [...us.names, ...us.domains, ...them.names, ...them.domains];
}

/** Whether a word stands in the texts, in any case and with an ending of the language; months, days, languages and countries are known in all. */
function knownWords(texts: readonly string[]): (word: string) => boolean {
  const words = new Set(texts.flatMap((text) => bareWords(text).split(' ')));
  const whole = texts.join('\n');
  return (word) =>
    // Where signs and letters run together nobody can say what a word is.
    (/[^\p{Script=Latin}\p{N}’'&-]/u.test(word) && whole.includes(word)) ||
    bareWords(word)
      .split(' ')
      .every(
        (part) =>
          part.length < 2 ||
          LEGAL_FORMS.has(part) ||
          words.has(part) ||
          words.has(part.replace(/(?:e?s|en?)$/, '')) ||
          words.has(`${part}s`) ||
          calendar().has(part),
      );
}

let everyday: ReadonlySet<string> | undefined;

function calendar(): ReadonlySet<string> {
  everyday ??= new Set(
    LANGUAGES.flatMap((language) => [...monthsIn(language), ...weekdaysIn(language), ...placesOf(language)]).flatMap((name) =>
      bareWords(name).split(' '),
    ),
  );
  return everyday;
}

/** Continents, and languages as some countries speak them: “Swiss High German”. */
const PARTS_OF_WORLD = ['001', '150', '019', '142', '002'];
const SPOKEN = ['en-GB', 'en-US', 'en-AU', 'en-CA', 'de-AT', 'de-CH', 'fr-CA', 'es-MX', 'nl-BE'];

function placesOf(language: string): string[] {
  const regions = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const languages = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const pairs = letters.flatMap((a) => letters.map((b) => a + b));
  const names = [
    ...[...pairs, ...PARTS_OF_WORLD].map((code) => regions.of(code)),
    ...[...pairs.map((code) => code.toLowerCase()), ...SPOKEN].map((code) => languages.of(code)),
  ];
  return names.filter((name) => name !== undefined);
}

type Capital = { word: string; isFirst: boolean; joins: boolean; before: string[] };

/** Words, and the mark that stands for a name. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}’'&-]*|◦/gu;
const CAPITAL = /^[\p{Lu}◦]/u;

/** The words with a capital. `isFirst`: it would have one anyway. `joins`: the word before has one too and only a blank lies between. */
function capitals(text: string): Capital[] {
  const found: Capital[] = [];
  let end = 0;
  let last = '';
  const before: string[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const between = text.slice(end, index);
    const isFirst = before.length === 0 || /[.!?¿¡:;–—…(“”„«»"‘'/•\n]/.test(between);
    if (CAPITAL.test(word))
      found.push({ word, isFirst, joins: CAPITAL.test(last) && /^[ \u00a0]$/.test(between), before: before.slice(-2) });
    end = index + word.length;
    last = word;
    before.push(word);
  }
  return found;
}

/** “I”, “I’d”; and what is shorthand, such as SMS. */
const NO_NAME = /^(?:I(?:[’']\p{L}+)?|\p{Lu}[\p{Lu}\p{N}&-]{1,4}s?|\p{Lu})$/u;

/** Names as runs of words with a capital, without one that only begins a sentence; what stands first belongs to a run that goes on. */
function namesIn(text: string): string[][] {
  const runs: string[][] = [];
  for (const { word, isFirst, joins } of capitals(text)) {
    if (NO_NAME.test(word)) continue;
    const open = runs.at(-1);
    if (isFirst) runs.push([]);
    else if (joins && open) open.push(bare(word));
    else runs.push([bare(word)]);
  }
  return runs.filter((words) => words.length > 0);
}

function bare(word: string): string {
  return word.replace(/[’'](?:s|\p{Lu}?\p{Ll}{1,2})?$/u, '').replace(/^(?:[LDld])[’'](?=\p{Lu})/u, '');
}

/** Forms of address have a capital and name nobody. */
const PRONOUN = /^(?:Sie|Ihnen|Ihre?[mnrs]?|Du|Dich|Dir|Deine?[mnrs]?)$/;
const TITLE = /^(?:Herrn?|Frau)$/;

/** Two nouns side by side may also be a subject and its object (“weil Papier Zeit kostet”), so they are a name only where one is to be
 *  expected: behind “Herr” or “Frau”, behind “bei”, joined to a name by “und”, three in a row, or in a sentence
 *  that rests on whom we may name. */
function germanNames(text: string, from: readonly string[], known: (word: string) => boolean): string[][] {
  const runs: Capital[][] = [];
  for (const capital of capitals(text)) {
    const open = runs.at(-1);
    if (capital.joins && open) open.push(capital);
    else runs.push([capital]);
  }
  const isPlain = ({ word }: Capital) => NO_NAME.test(word) || PRONOUN.test(word) || known(word);
  return runs.flatMap((run) => {
    const [first, second] = run;
    const strange = run.filter((capital) => !isPlain(capital) && !TITLE.test(capital.word));
    if (!first || !second || strange.length === 0) return [];
    if (TITLE.test(first.word)) return isPlain(second) ? [] : [[second.word]];
    const [left = '', joint = ''] = first.before;
    const isExpected =
      from.includes('setup.mayName') || /^bei$/i.test(joint) || (/^(?:und|oder)$/i.test(joint) && CAPITAL.test(left) && known(left));
    return strange.length === run.length && (isExpected || run.length > 2) ? [run.map(({ word }) => word)] : [];
  });
}

/** Words with a capital, or in capitals, up to four in a row. */
const NAME = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}&’'.-]*(?:[ \u00a0]\p{Lu}[\p{L}\p{N}&’'.-]*){0,3}/gu;

/** What could be the name of another company: for looking these up where companies are on file. */
export function namesToLookUp(text: string): string[] {
  const runs = [...text.matchAll(NAME)].map(([name]) => name.replace(/[.'’-]+$/, '').split(/[ \u00a0]/));
  const names = runs.flatMap((words) =>
    words.flatMap((_, from) => words.slice(from).map((_word, length) => words.slice(from, from + length + 1).join(' '))),
  );
  return [...new Set(names)].filter((name) => !isCommon(name));
}

/** Names and domains of companies on file that have no business here. A word of our templates, or one that the trade uses anyway, names nobody. */
export function strangersIn(text: string, grounds: Grounds): string[] {
  const ours = [...sidesOf(grounds), ...Object.values(grounds.texts), ...grounds.wording];
  const own = ` ${ours.map(bareWords).join(' | ')} `;
  return [...new Set(grounds.strangers)].filter((other) => {
    const name = withoutForm(other.trim());
    if (name.length < 2 || own.includes(` ${bareWords(name)} `)) return false;
    const isDomain = 'domain' in registrableDomain(name);
    if (!isDomain && isCommon(name)) return false;
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, isDomain ? 'iu' : 'u').test(text);
  });
}

function withoutForm(name: string): string {
  const words = name.split(/\s+/);
  while (words.length > 1 && LEGAL_FORMS.has((words.at(-1) ?? '').toLowerCase().replace(/[.,]/g, ''))) words.pop();
  return words.join(' ').replace(/[,\s]+$/, '');
}

function isCommon(name: string): boolean {
  const words = bareWords(name).split(' ');
  return words.length === 1 && words.every((word) => word.length < 2 || NOT_NAMES.has(word) || templateWords().has(word));
}
