import { sentencesOf } from '../../platform/sentences.ts';
import { isFillerWord } from './filler-words.ts';
import { hideNames, THEM } from './other-names.ts';
import { bareWords } from './plain-words.ts';
import { isQuoteOf, quotesIn } from './quotable.ts';
import { spokenName } from './spoken-name.ts';
import { hasLoadedWord, statesOfThem } from './statements.ts';
import type { Checked, Claim, Grounds, Language } from './writing.ts';

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

/** The sentences of a letter. Quotes stay whole. */
function sentencesIn(text: string): string[] {
  const hidden: string[] = [];
  const marked = text.replace(/[“„«][^“”„«»\n]*[”“»]/g, (quote) => `\ue000${hidden.push(quote) - 1}\ue001`);
  return sentencesOf(marked).map((part) => part.replace(/\ue000(\d+)\ue001/g, (_, index) => hidden[Number(index)] ?? ''));
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
  const strange = stems(rest).find((word) => !isFillerWord(word, language) && !known.some((fact) => isSameWord(word, fact)));
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
    const same = facts.filter((fact) => !isFillerWord(word, 'en') && isSameWord(word, fact.word));
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

/** “no-code” and “not only” say no no. */
const NO_NO =
  /\b(?:no|non|not)[-‑](?=\p{L})|\bno (?:code|show|shows|matter|wonder|doubt)\b|\bnot (?:only|just|least|to mention)\b|\bnot[- ]for[- ]profit\b/giu;
const CLAUSES = /[.,;:!?()[\]–—•|\n]|\s-\s|\b(?:but|only|sondern|aber|nur|mais|seulement|sino|pero|sólo|solo)\b/iu;
const NOT = new Set(
  `not no never cannot without nor neither none nobody hardly rarely barely unlike except excluding former formerly instead
  don doesn didn isn aren wasn weren won hasn haven wouldn
  nicht kein keine keinen keinem keiner keines nie niemals ohne statt weder
  pas jamais sans aucun aucune ni
  nunca jamás sin ningún ninguna ninguno tampoco`.split(/\s+/),
);
const BE = new Set('is are was were isn aren wasn weren'.split(' '));
/** Words after a “not” that it reaches. */
const REACH = 6;

/** The words of a text, each with whether a “not” reaches it there. */
export function wordsWithSign(text: string): { word: string; negated: boolean }[] {
  return text
    .replace(NO_NO, ' ')
    .replace(/\bun non\b|\bun no\b|\bein Nein\b|\ba no\b/giu, ' ')
    .split(CLAUSES)
    .flatMap((clause) => {
      const words = bareWords(clause).split(' ').filter(Boolean);
      const nots = words.flatMap((word, index) => (NOT.has(word) ? [index] : []));
      // “Clinics are not served”: there the word stands before.
      const reaches = (not: number, index: number) =>
        (index > not && index - not <= REACH) || (index < not && (BE.has(words[not - 1] ?? '') || BE.has(words[not] ?? '')));
      return words.map((word, index) => ({ word, negated: nots.some((not) => not !== index && reaches(not, index)) }));
    });
}

/** A “not”, if the text has one. */
export function findNot(text: string): string | undefined {
  return wordsWithSign(text)
    .map(({ word }) => word)
    .find((word) => NOT.has(word));
}

/** Whether a quote leaves out a “not” that stands before it in every place where a text has it. */
export function losesNot(quote: string, texts: readonly string[]): boolean {
  const words = bareWords(quote).split(' ').filter(Boolean);
  const [first] = words;
  if (!first || findNot(quote)) return false;
  const places = texts
    .map(wordsWithSign)
    .flatMap((known) => known.filter((_, at) => words.every((word, next) => known[at + next]?.word === word)));
  return places.length > 0 && places.every(({ negated }) => negated);
}

/** How each language speaks to somebody, and proposes what might be. Written from general knowledge. */
const SIGNS: Record<Language, { you: RegExp; maybe: RegExp }> = {
  en: {
    you: /\b(?:you|your|yours)\b/i,
    maybe:
      /\b(?:would|could|might|may|(?:I|we|ours|this|that|it|Ourname) can|can (?:I|we)|if|whether|shall|should|let me|tell me|name any|please|thank|thanks|when a customer|idea|where \S+ fits?|need not|will send|will come back|don['’]t have to)\b/i,
  },
  de: {
    you: /\b(?:Sie|Ihnen|Ihre?[mnrs]?)\b/,
    maybe: /(?:würde|könnte|hätte|wäre|möchte|dürfte|müsste|sollte|darf|wenn|falls|\bob\b|dank|bitte|sagen Sie|nennen Sie|Idee|verstehe)/iu,
  },
  fr: {
    you: /\b(?:vous|votre|vos)\b/i,
    maybe:
      /(?:\p{L}+r(?:ait|aient|iez|ais|ions)\b|\bsi\b|pourr|puis-je|merci|remercie|dites-moi|donnez-moi|quand un|idée|voulez|\bquand\b)/iu,
  },
  es: {
    you: /\b(?:usted|ustedes|su|sus|suy[oa]s?)\b/i,
    maybe: /(?:\p{L}+ría(?:n|mos)?\b|\bsi\b|podr|puedo|gracias|dígame|cuando|idea|fuera)/iu,
  },
};

/** First words that speak of us, or of what we wrote. */
const OURS =
  /^(?:(?:and|but|so)\s+)?(?:I|we|our|my|ich|wir|unsere?|mein|je|j[’']|nous|notre|mon|yo|nosotros|nuestr\p{L}+|mi|soy|somos|le escribo|lo que hacemos|was wir|ce que nous|what we|who buys|qui l|quién lo|wer es|one last note|eine letzte zeile|es ging um|in meiner letzten nachricht|un dernier mot|una última línea)(?![\p{L}])/iu;
const CLOSING =
  /^(?:(?:best|kind|warm|many)? ?regards|yours(?: (?:sincerely|truly|faithfully))?|sincerely|cheers|all the best|(?:freundliche|herzliche|viele|beste|liebe) grüße|mit freundlichen grüßen|cordialement|bien à vous|avec mes salutations distinguées|un saludo(?: cordial)?|saludos|atentamente)[,.!]?$/iu;
const GREETING =
  /^(?:hello|hi|dear|good (?:morning|day)|guten tag|hallo|sehr geehrte\S*|liebe[rs]?|bonjour|madame|hola|buenos días|estimad\S*)\b[^.?!]{0,120}[,:!]?$/iu;

/** How we understand an answer of theirs, for them to correct: whether they want it, not what they are. */
const UNDERSTOOD =
  /^(?:as I understand it, (?:you (?:would|want|prefer|are (?:away|out|busy|on leave|(?:not )?interested))|this|that|it|now|some(?:body|one))|ich verstehe (?:Sie|es) so, dass (?:Sie (?:gern|gerade|jetzt|kein)|das nichts für Sie|das|jetzt|sich)|si (?:je|nous) compren\p{L}+ bien, (?:vous (?:aimeriez|préféreriez|êtes absente?s?)|ce|quelqu)|si (?:le|lo) (?:entiendo|entendemos) bien, (?:le gustaría|ahora|esto|de esto))(?!\p{L})/iu;

/** Whether a sentence, in which names are hidden, states something of the company: it says how things are with them, or names them or speaks
 *  to them and neither asks nor proposes what might be. Errs towards yes. */
export function aboutThem(sentence: string, language: Language): boolean {
  const { you, maybe } = SIGNS[language];
  const spoken = sentence.trim().replace(UNDERSTOOD, '');
  if (GREETING.test(spoken) || CLOSING.test(spoken)) return false;
  const isOfThem = you.test(spoken) || spoken.includes(THEM);
  if (statesOfThem(spoken, language) || (isOfThem && hasLoadedWord(spoken, language))) return true;
  if (spoken !== sentence.trim() || /\?[”»"]?$/.test(spoken) || maybe.test(spoken) || OURS.test(spoken)) return false;
  return isOfThem;
}
