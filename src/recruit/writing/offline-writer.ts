import { LISTS } from '../../discover/fit/fit-target.ts';
import { findPhrases } from '../../discover/fit/phrase-matcher.ts';
import type { SegmentId } from '../../discover/fit/segments.ts';
import type { Company } from '../../programme/companies/company.ts';
import type { OwnCompany } from '../../programme/setup/programme.ts';
import { anglesOf, factsOf } from './angles.ts';
import { bodyOf } from './letter.ts';
import { firstSentence } from './own-words.ts';
import { PHRASES } from './phrases.ts';
import { bareWords } from './plain-words.ts';
import { spokenName } from './spoken-name.ts';
import type { Angle, AnswerKind, Language, Letter, Phrases, Replacement, Sentence, SentenceKind, WritingInput } from './writing.ts';

/** Who gets a first letter reads no more. */
const MOST_WORDS = 110;
/** A subject holds 150 characters. */
const LONGEST_SUBJECT = 150;

/** Writes without a model: short, plain, the same words for the same facts. It claims only what is stored of the company. */
export function writeOffline(input: WritingInput): Letter {
  const { language, replacements, company } = input;
  const { subject, sentences } = letterIn(language, input);
  const inHouseStyle = (text: string) => replaceWords(text, replacements, [spokenName(company.name)]);
  return {
    subject: cutSubject(input.kind === 'first' ? inHouseStyle(subject) : subject),
    sentences: sentences.map((sentence) => ({ ...sentence, text: inHouseStyle(sentence.text) })).filter(({ text }) => text),
    english: language === 'en' ? '' : bodyOf(letterIn('en', input).sentences),
  };
}

type Written = Pick<Letter, 'subject' | 'sentences'>;

function letterIn(language: Language, input: WritingInput): Written {
  const phrases = PHRASES[language];
  if (input.kind === 'follow-up') return followUpParts(phrases, input);
  return input.kind === 'answer' ? answerParts(phrases, language, input) : firstParts(phrases, input);
}

/** “Re: ” once, before the subject of the thread. */
export function replySubject(earlier: WritingInput['earlier'], otherwise: string): string {
  const first = earlier[0]?.subject.replace(/^(\s*(re|aw|sv|rv)\s*:)+\s*/i, '').trim();
  return `Re: ${first || otherwise}`;
}

function cutSubject(subject: string): string {
  const plain = subject.replace(/\s+/g, ' ').trim();
  if (plain.length <= LONGEST_SUBJECT) return plain;
  return `${plain
    .slice(0, LONGEST_SUBJECT - 2)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()} …`;
}

/** Why we write to them, who we are, what we propose and what both gain, one question. */
function firstParts(phrases: Phrases, input: WritingInput): Written {
  const { own, facts, sender, company, contact, type, manner } = input;
  const { tone, length } = manner;
  const value = facts?.values.find((one) => one.type === type) ?? null;
  const them = spokenName(company.name);
  const us = spokenName(own.name);
  const angles = anglesOf(company);
  const angle = angles[manner.angle] ?? angles.at(-1);
  const full = length === 'medium';
  const intro = `${phrases.intro(sender.name, us, angle === undefined)} ${phrases.offer(...ownWords(facts ?? own, full))}`;
  const idea = [leadToIdea(phrases, own, angle, full), phrases.idea[type](us, them)];
  const [fact] = facts?.proof ?? [];
  // What a letter can do without stands with how soon it goes when there is too much of it.
  const parts: (Sentence & { goes?: number })[] = [
    say('greeting', phrases.greeting[tone](contact.name)),
    ...(angle ? [factOf(angle, phrases.reason[angle.kind], phrases, company)] : []),
    say('our-fact', intro, 'setup.sells', ...(full ? ['setup.customers'] : [])),
    ...(fact && full ? [{ ...say('our-fact', `${bareEnd(fact)}.`, 'setup.proof.0'), goes: 1 }] : []),
    ...(length === 'shortest' ? [] : idea.map((text) => say('proposal', text))),
    ...(full && !value ? [{ ...say('proposal', phrases.gain[type](us, them)), goes: 3 }] : []),
    ...(value && length !== 'shortest' ? [say('proposal', phrases.gives(bareEnd(value.gain)), 'setup.value')] : []),
    ...(value && full ? [{ ...say('proposal', phrases.begins(bareEnd(value.firstStep)), 'setup.firstStep'), goes: 4 }] : []),
    ...(tone === 'warm' && length !== 'shortest' ? [{ ...say('proposal', phrases.humble), goes: 2 }] : []),
    say('question', full ? phrases.ask[tone] : phrases.askShort),
    say('closing', phrases.closing[tone]),
  ];
  const sentences = [0, 1, 2, 3, 4]
    .map((gone) => parts.filter(({ goes = 5 }) => goes > gone).map(({ goes: _, ...sentence }) => sentence))
    .reduce((chosen, shorter) => (wordsOf(chosen) > MOST_WORDS ? shorter : chosen));
  return { subject: phrases.subject[type](us, them), sentences };
}

const wordsOf = (sentences: readonly Sentence[]) => bodyOf(sentences).split(/\s+/).length;

function say(kind: SentenceKind, text: string, ...from: string[]): Sentence {
  return { text, kind, from };
}

const bareEnd = (text: string) => text.trim().replace(/[.\s]+$/, '');

/** Why the idea follows from what was said. */
function leadToIdea(phrases: Phrases, own: OwnCompany, angle: Angle | undefined, customersAreNamed: boolean): string {
  const word = angle ? sharedCustomers(own, angle) : null;
  if (word) return phrases.ideaShared(phrases.quoted(word));
  return customersAreNamed ? phrases.ideaIfSame : phrases.ideaIs;
}

/** A sentence about them and the fact behind it. */
function factOf(
  { quote, kind, evidence }: Angle,
  words: Phrases['reason'][Angle['kind']],
  { quoted }: Phrases,
  company: Company,
): Sentence {
  const fact = Object.entries(factsOf(company)).find(([, { field }]) => field === evidence.field);
  return say('their-fact', words(spokenName(company.name), kind === 'founded' ? quote : quoted(quote)), fact?.[0] ?? '');
}

/** The first sentence of what set-up says we sell, and of who buys it. */
function ownWords({ sells, customers }: Pick<OwnCompany, 'sells' | 'customers'>, withCustomers: boolean): [string, string | null] {
  return [firstSentence(sells), withCustomers ? firstSentence(customers) : null];
}

/** Names what the last message was about and adds one thing to it: a fact they have not been told, or a smaller way to begin. Shorter than
 *  what went before wherever that is possible, and without a word about their silence. */
function followUpParts(phrases: Phrases, input: WritingInput): Written {
  const { own, company, contact, type, manner, touch, earlier } = input;
  const { tone } = manner;
  const [us, them] = [spokenName(own.name), spokenName(company.name)];
  const topic = phrases.topic[type](us, them);
  const isLast = touch >= 3;
  const before = (isLast ? phrases.last : phrases.before)(topic);
  // Of a message that is no longer on file nothing is said.
  const opening = earlier.length > 0 ? say('our-earlier', before, 'earlier') : say('proposal', before);
  const question = say('question', isLast ? phrases.askWho(them) : phrases.askAgain[tone]);
  const subject = replySubject(earlier, phrases.subject[type](us, them));
  const letter = (...sentences: Sentence[]): Written => ({
    subject,
    sentences: [say('greeting', phrases.greeting[tone](contact.name)), ...sentences, say('closing', phrases.closing[tone])],
  });
  const release = isLast ? [say('question', phrases.release)] : [];
  const candidates = additions(phrases, input).flatMap((added) => [
    letter(opening, added, question, ...release),
    letter(opening, added, question),
  ]);
  const longest = lengthOfLast(input);
  if (manner.length === 'shortest') return letter(opening, question);
  return candidates.find(({ sentences }) => bodyOf(sentences).length < longest) ?? letter(opening, question);
}

/** In the last touch, something small comes before another fact. A longer draft of the same touch takes the next fact. */
function additions(phrases: Phrases, { company, earlier, type, touch, manner }: WritingInput): Sentence[] {
  const told = bareWords(earlier.map(({ body }) => body).join(' '));
  const fresh = anglesOf(company).filter(({ quote }) => !told.includes(bareWords(quote)));
  const facts = fresh.map((angle) => factOf(angle, phrases.addition[angle.kind], phrases, company));
  const turned = [...facts.slice(manner.angle), ...facts.slice(0, manner.angle)];
  const step = say('proposal', phrases.smallStep[type]);
  return touch >= 3 || manner.length !== 'medium' ? [step, ...turned] : [...turned, step];
}

function lengthOfLast({ earlier }: WritingInput): number {
  return earlier.at(-1)?.body.length ?? Number.POSITIVE_INFINITY;
}

/** How a reply is understood, by the word its reader stored; what is not known gets an open question. */
const KINDS: readonly [AnswerKind, RegExp][] = [
  ['wrong-person', /wrong|person|referred|elsewhere/i],
  ['away', /away|office|vacation|absen/i],
  ['later', /later|snooze|not now/i],
  ['no', /^\W*(no|not|declin\w*|opt|reject\w*)\b/i],
  ['interested', /interest|yes|positive/i],
];

/** Thanks them, says how it was understood so that they can correct it, proposes the next step. Promises nothing. */
function answerParts(
  phrases: Phrases,
  language: Language,
  { own, company, contact, type, manner, earlier, answers }: WritingInput,
): Written {
  const kind = answerKind(answers?.understoodAs ?? '');
  const { tone, length } = manner;
  const theirs = (text: string) => (answers ? say('their-reply', text, 'reply') : say('proposal', text));
  const next = nextStep(phrases, language, kind, answers);
  const understood = length === 'shortest' ? [] : [theirs(phrases.understood[kind])];
  return {
    subject: replySubject(earlier, phrases.subject[type](spokenName(own.name), spokenName(company.name))),
    sentences: [
      say('greeting', phrases.greeting[tone](contact.name)),
      theirs(phrases.thanks[tone]),
      ...understood,
      say(next.includes('?') ? 'question' : 'proposal', next),
      say('closing', phrases.closing[tone]),
    ],
  };
}

/** What they named themselves is taken up instead of asked for again: a month, or somebody else. */
function nextStep(phrases: Phrases, language: Language, kind: AnswerKind, answers: WritingInput['answers']): string {
  const { until, named } = answers ?? {};
  if (kind === 'later' && until) return phrases.nextIn(new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(until));
  return kind === 'wrong-person' && named && isSpoken(named) ? phrases.nextTo(named) : phrases.next[kind];
}

/** A name as one says it; an address is for the contact form, and what is longer is no name. */
function isSpoken(named: string): boolean {
  return /^\p{Lu}[\p{L}’'.-]*(?: \p{L}[\p{L}’'.-]*){0,3}$/u.test(named);
}

function answerKind(understoodAs: string): AnswerKind {
  return KINDS.find(([, words]) => words.test(understoodAs))?.[0] ?? 'other';
}

/** Says in a team's own words what our templates say, whole words only; what stands in quotation marks stays as it is, and so do the names,
 *  unless it is a name that the team says otherwise. */
export function replaceWords(text: string, replacements: readonly Replacement[], names: readonly string[]): string {
  return replacements.reduce((left, one) => replaceOne(left, one, names), text);
}

function replaceOne(text: string, { from, to }: Replacement, names: readonly string[]): string {
  if (!from) return text;
  const kept = names.filter((name) => name && !from.includes(name)).map(wholeWords);
  const untouched = new RegExp(`(${['[“„«][^“”„«»]*[”“»]', ...kept].join('|')})`, 'u');
  const words = new RegExp(wholeWords(from), 'gu');
  return text
    .split(untouched)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(words, () => to)))
    .join('');
}

/** A mark at an end of the phrase is its own border. */
function wholeWords(phrase: string): string {
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const before = /^[\p{L}\p{N}]/u.test(phrase) ? '(?<![\\p{L}\\p{N}])' : '';
  const after = /[\p{L}\p{N}]$/u.test(phrase) ? '(?![\\p{L}\\p{N}])' : '';
  return `${before}${escaped}${after}`;
}

/** Too many are one of these for it to say anything. */
const EVERYBODY: ReadonlySet<SegmentId> = new Set(['software-companies', 'startups', 'enterprise']);

/** Words of a quote that name a group of customers which set-up names as ours, as they stand there; null when there are none. Only what a
 *  sentence or line says counts: an entry of a directory names no customers. */
export function sharedCustomers({ customers }: Pick<OwnCompany, 'customers'>, { kind, quote }: Angle): string | null {
  if (kind !== 'line' && kind !== 'text') return null;
  const ours = new Set(groupsIn(customers).map(({ id }) => id));
  const shared = groupsIn(quote).find(({ id }) => ours.has(id) && !EVERYBODY.has(id));
  return shared ? quote.slice(shared.from, shared.to) : null;
}

function groupsIn(text: string): { id: SegmentId; from: number; to: number }[] {
  return findPhrases(LISTS, text).flatMap(({ from, to, signs }) =>
    signs.flatMap(({ meaning }) => (meaning.kind === 'segment' ? [{ id: meaning.id, from, to }] : [])),
  );
}
