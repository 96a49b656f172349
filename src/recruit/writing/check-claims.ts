import { aboutThem } from './about-them.ts';
import type { Checked, Grounds } from './check-draft.ts';
import { hideNames } from './hide-names.ts';
import type { Language } from './language.ts';
import { bareWords } from './plain-words.ts';
import { findNot, losesNot, wordsWithSign } from './polarity.ts';
import { isQuoteOf, quotesIn } from './quotes-in.ts';
import { saysNothing } from './says-nothing.ts';
import { sentencesIn } from './sentences.ts';
import { spokenName } from './spoken-name.ts';
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

/** Sentences about them that no claim has, or that say more than their claim. */
function unlisted({ body, claims, language }: Checked, grounds: Grounds): string[] {
  const { hide, shown } = hideNames(grounds);
  const claimed = claims.map((claim) => oneLine(hide(claim.text)));
  return sentencesIn(hide(body))
    .filter((sentence) => {
      const plain = oneLine(sentence);
      if (claimed.some((claim) => squash(claim).includes(squash(plain)))) return false;
      const rest = claimed.filter(isStatement).reduce((left, claim) => left.replace(new RegExp(escapeRegExp(claim), 'giu'), ' '), plain);
      return /\p{L}/u.test(rest) && aboutThem(rest.replace(/^[\s.,;:]+/, ''), language);
    })
    .map(shown);
}

/** A claim of “you” would take the “you” out of every sentence. */
function isStatement(claim: string): boolean {
  return claim.split(' ').length >= 3;
}

function isOnFile({ field, value }: Claim['evidence'][number], { evidence }: Grounds): boolean {
  return evidence.some((fact) => fact.field === field && fact.value === value);
}

/** Quotes must stand in the cited facts word for word. What is said outside them must be in the facts too, or be a word that says nothing by
 *  itself, and a “not” of a fact must not get lost. In other languages than English the facts are quoted as they stand: a claim there needs
 *  such a quote, or a number of the fact. */
function unsupported({ text, evidence }: Claim, { language }: Checked, grounds: Grounds): string[] {
  const values = evidence.map(({ value }) => value);
  const quotes = quotesIn(text);
  const invented = quotes.find((quote) => !isQuoteOf(quote, values));
  if (invented) return [`Quotes “${invented}”, which is not what the cited fact says.`];
  const turned = quotes.find((quote) => losesNot(quote, values));
  if (turned) return [`Quotes “${turned}” and leaves out the “not” that the cited fact has there.`];
  const hasProof = quotes.length > 0 || values.some((value) => wholeWords(value).test(text));
  if (language !== 'en' && !hasProof) return [`Claims “${text}” without quoting the fact as it stands.`];
  const rest = quotes.reduce((left, quote) => left.replace(quote, ' '), text);
  return [...strangeWords(text, rest, values, language, grounds), ...turnedWords(text, rest, values)].slice(0, 1);
}

/** Words outside the quotes that no cited fact has. */
function strangeWords(text: string, rest: string, values: string[], language: Language, grounds: Grounds): string[] {
  const names = [grounds.company.name, ...grounds.company.aliases, grounds.contactName, grounds.ownName];
  const known = [...values, ...names, ...names.map(spokenName), ...grounds.wording].flatMap(stems);
  const strange = stems(rest).find((word) => !saysNothing(word, language) && !known.some((fact) => isSameWord(word, fact)));
  if (!strange) return [];
  const advice = language === 'en' ? '' : ' Quote the fact and say little around it.';
  return [`Claims “${text}”, but the cited fact has no “${strange}”.${advice}`];
}

/** Words that the facts have only with a “not” and the claim without, or the other way round. */
function turnedWords(text: string, rest: string, values: string[]): string[] {
  const facts = values.flatMap(wordsWithSign);
  const added = findNot(rest);
  if (added && !values.some(findNot)) return [`Claims “${text}”, but the cited fact has no “${added}”.`];
  const turned = wordsWithSign(rest).find(({ word, negated }) => {
    const same = facts.filter((fact) => !saysNothing(word, 'en') && isSameWord(word, fact.word));
    return same.length > 0 && same.every((fact) => fact.negated !== negated);
  });
  return turned ? [`Claims “${text}”, but the cited fact says the contrary of “${turned.word}”.`] : [];
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

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function squash(text: string): string {
  return oneLine(text).toLowerCase();
}

function wholeWords(value: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(value)}(?![\\p{L}\\p{N}])`, 'u');
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
