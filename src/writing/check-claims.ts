import { aboutThem } from './about-them.ts';
import type { Checked, Grounds } from './check-draft.ts';
import { hideNames } from './hide-names.ts';
import { bareWords } from './plain-words.ts';
import { isQuoteOf, quotesIn } from './quotes-in.ts';
import { sentencesIn } from './sentences.ts';
import { spokenName } from './spoken-name.ts';
import { templateWords } from './template-words.ts';
import type { Claim } from './writing.ts';

/** Claims without evidence of this company, and sentences about it that are not listed as claims. */
export function claimProblems(text: Checked, grounds: Grounds): string[] {
  const body = squash(text.body);
  const listed = text.claims.flatMap((claim) => {
    if (!body.includes(squash(claim.text))) return [`Lists “${claim.text}” as a claim, which is not in the text.`];
    if (claim.evidence.length === 0 || claim.evidence.some((fact) => !isOnFile(fact, grounds)))
      return [`Claims “${claim.text}” and cites what is not on file.`];
    return unsupported(claim, text, grounds);
  });
  return [...listed, ...unlisted(text, grounds).map((sentence) => `Says “${sentence}” of them and names no fact on file for it.`)];
}

/** Sentences about them that no claim has. */
function unlisted({ body, claims, language }: Checked, grounds: Grounds): string[] {
  const { hide, shown } = hideNames(grounds);
  const claimed = claims.map((claim) => squash(hide(claim.text)));
  return sentencesIn(hide(body))
    .filter((sentence) => {
      const plain = squash(sentence);
      return !claimed.some((claim) => claim.includes(plain) || plain.includes(claim)) && aboutThem(sentence, language);
    })
    .map(shown);
}

function isOnFile({ field, value }: Claim['evidence'][number], { evidence }: Grounds): boolean {
  return evidence.some((fact) => fact.field === field && fact.value === value);
}

/** Quotes must stand in the cited facts word for word. What is said in English outside them must be in the facts too, or be a word that says
 *  nothing by itself. In other languages the facts are quoted as they stand: a claim there needs such a quote, or a number of the fact. */
function unsupported({ text, evidence }: Claim, { language }: Checked, grounds: Grounds): string[] {
  const values = evidence.map(({ value }) => value);
  const quotes = quotesIn(text);
  const invented = quotes.find((quote) => !isQuoteOf(quote, values));
  if (invented) return [`Quotes “${invented}”, which is not what the cited fact says.`];
  const rest = quotes.reduce((left, quote) => left.replace(quote, ' '), text);
  const names = [grounds.company.name, ...grounds.company.aliases, grounds.contactName, grounds.ownName];
  const known = [...values, ...names, ...names.map(spokenName)].flatMap(stems);
  if (language !== 'en') {
    const hasProof =
      quotes.length > 0 ||
      values.some((value) => new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(value)}(?![\\p{L}\\p{N}])`, 'u').test(text));
    return hasProof ? [] : [`Claims “${text}” without quoting the fact as it stands.`];
  }
  const strange = stems(rest).filter((word) => !isPlain(word) && !known.some((fact) => isSameWord(word, fact)));
  return strange.length === 0 ? [] : [`Claims “${text}”, but the cited fact has no “${strange[0]}”.`];
}

/** Words that carry no fact: of our templates, and those that join what a fact says. */
const PLAIN = new Set(
  `a an the and or but so as at by for from in into of on onto to with within without about over under between across through per via
  i we our ours us me my you your yours it its they their them he she this that these those there here which who whom whose what when where
  is are was were be been being am do does did has have had can will would could should may might must
  not no yes also too very just only more most much many some any all each every both other another such own same
  make makes making made do doing offer offers offering sell sells selling provide provides providing build builds building run runs running
  work works working help helps helping let lets give gives use uses using get gets getting go goes serve serves serving deliver delivers
  company companies business team teams people product products service services tool tools platform software solution solutions customer
  customers client clients market area field based located listed described describe describes name named call called known say says said
  founded started since year years line way read reads see look make like kind part one ones thing things`.split(/\s+/),
);

function isPlain(word: string): boolean {
  return word.length < 3 || PLAIN.has(word) || templateWords().has(word);
}

function stems(text: string): string[] {
  return bareWords(text).split(' ').filter(Boolean);
}

/** “booking” and “book”, “clinics” and “clinic”: one begins with nearly all of the other. */
function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const shorter = a.length < b.length ? a : b;
  const longer = shorter === a ? b : a;
  if (shorter.length < 4 || /\d/.test(shorter)) return longer === `${shorter}s`;
  const stem = shorter.replace(/(?:ies|es|s|e|y|ing|ed)$/, '');
  return stem.length >= 4 && longer.startsWith(stem) && longer.length - stem.length <= 5;
}

function squash(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
