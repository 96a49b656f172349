import { z } from 'zod';
import type { Evidence } from '../../discover/fit/fit.ts';
import type { Company } from '../../programme/companies/company.ts';
import type { OwnCompany, PartnerType, Sender } from '../../programme/setup/programme.ts';
import type { LetterFacts } from '../style/letter-facts.ts';

/** What a sentence is mainly about. A `proposal` is also any remark that claims nothing of either side. */
export const SENTENCE_KINDS = [
  'greeting',
  'their-fact',
  'our-fact',
  'their-reply',
  'our-earlier',
  'proposal',
  'question',
  'closing',
] as const;
export type SentenceKind = (typeof SENTENCE_KINDS)[number];

/** One sentence of a letter and the ids of the grounds it rests on: those of both halves where it has two. */
export const Sentence = z.object({ text: z.string(), kind: z.enum(SENTENCE_KINDS), from: z.array(z.string()) });
export type Sentence = z.infer<typeof Sentence>;

/** `english` is the same in English when `language` is another, for whoever approves; else empty. */
export type Letter = { subject: string; sentences: Sentence[]; english: string };

/** A statement about the company and the stored facts it rests on. */
export type Claim = { text: string; evidence: Evidence[] };

/** One of our messages that has left in the same thread. */
export type Earlier = { subject: string; body: string };

/** Whom a letter greets; their address may show which of their names is the given one. */
export type Greeted = { name: string; email?: string | undefined };

/** All that a writer may know. `earlier` are our messages of the thread, oldest first; `answers` is what they wrote, and how that was
 *  understood: outside text. */
export type WritingInput = {
  own: OwnCompany;
  /** What more may be said about us in `language`; null where nobody gave it. */
  facts: LetterFacts | null;
  /** The same in English, for what stands beside a letter in another language. */
  factsInEnglish: LetterFacts | null;
  sender: Pick<Sender, 'name'>;
  company: Company;
  contact: Greeted;
  type: PartnerType;
  kind: 'first' | 'follow-up' | 'answer';
  /** 1 to 3 for touches of a thread, 0 for answers. */
  touch: number;
  language: Language;
  manner: Manner;
  replacements: readonly Replacement[];
  earlier: readonly Earlier[];
  answers: Answered | null;
  /** Who of the company named the person written to, as one says it; null where nobody did. Outside text. */
  pointedBy: string | null;
};

/** What they wrote, how it was understood, until which day they put it off, and whom they name instead. */
export type Answered = { text: string; understoodAs: string; until?: Date | null; named?: string | null };

/** A fact that a letter can begin with: what is quoted of it, and where it is stored. */
export type Angle = { kind: 'line' | 'text' | 'field' | 'place' | 'founded'; quote: string; evidence: Evidence };

/** Languages the offline writer and the footers know. Everybody else is written to in English. */
export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export const Language = z.enum(LANGUAGES);
export type Language = z.infer<typeof Language>;

export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'German', fr: 'French', es: 'Spanish' };

/** Where one language is clearly the language of business. Countries with several are written to in English. */
const BY_COUNTRY: Partial<Record<string, Language>> = {
  ...Object.fromEntries(['DE', 'AT', 'LI'].map((country) => [country, 'de'])),
  ...Object.fromEntries(['FR', 'MC'].map((country) => [country, 'fr'])),
  ...Object.fromEntries('ES MX AR CL CO PE EC UY CR PA GT BO PY VE DO SV HN NI CU'.split(' ').map((country) => [country, 'es'])),
};

export function languageOf(country: string | null): Language {
  return (country && BY_COUNTRY[country]) || 'en';
}

/** How a text sounds. */
export const TONES = ['plain', 'warm', 'formal'] as const;
export const Tone = z.enum(TONES);
export type Tone = z.infer<typeof Tone>;

/** How long a text is: `short` leaves out what only explains, `shortest` keeps the reason, the idea and the question. */
export const LENGTHS = ['shortest', 'short', 'medium'] as const;
export const Length = z.enum(LENGTHS);
export type Length = z.infer<typeof Length>;

/** Words that a team says otherwise: `from` as our templates have it, whole words only. */
export const Replacement = z.object({ from: z.string(), to: z.string() });
export type Replacement = z.infer<typeof Replacement>;

/** Which of several texts is meant. `angle` counts the facts that a first sentence can rest on, 0 being the best. */
export const Manner = z.object({ tone: Tone, length: Length, angle: z.number().int().min(0) });
export type Manner = z.infer<typeof Manner>;

/** How their answer was understood, as far as a reply differs by it. */
export const ANSWER_KINDS = ['interested', 'later', 'no', 'wrong-person', 'away', 'other'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** Several ways to say the same. */
export type Ways<Way> = readonly [Way, ...Way[]];

/** `them` and `own` are company names, `quote` a fact in quotation marks of the language. */
type OfBoth = (own: string, them: string) => string;

/** All that the offline writer can say in one language. Sentences that begin a letter have the case that its greeting asks for. */
export type Phrases = {
  quoted: (text: string) => string;
  greeting: Record<Tone, (name: string) => string>;
  closing: Record<Tone, string>;
  subject: Record<PartnerType, OfBoth>;
  /** Why we write to them, resting on one fact; one of several ways. Begins the letter. */
  reason: Record<Angle['kind'], Ways<(them: string, quote: string) => string>>;
  /** The same where their own website says it. */
  onTheirSite: (quote: string) => string;
  /** That we sell to a group whom they name too, in our words. */
  shares: (ours: string) => string;
  /** What a second look adds, in a follow-up. */
  addition: Record<Angle['kind'], (them: string, quote: string) => string>;
  /** `first`: it begins the letter, because no fact is on file. */
  intro: (sender: string, own: string, first: boolean) => string;
  /** What we do and who buys it, in the words of set-up; null leaves the buyers out. */
  offer: (sells: string, customers: string | null) => string;
  /** How the sentences begin that go on as letter facts say. */
  begins: Record<'sells' | 'customers' | 'they' | 'gain' | 'firstStep', string>;
  /** What they could do, where nobody knows whether they work with customers such as ours. */
  ifSame: (customers: string, they: string) => string;
  /** Leads to the idea: plainly, or where their customers may be ours. */
  ideaIs: string;
  ideaIfSame: string;
  idea: Record<PartnerType, OfBoth>;
  /** Asks to be corrected; only in a warm letter. */
  humble: string;
  ask: Record<Tone, string>;
  askShort: string;
  /** What the first letter was about, as it goes into `before` and `last`. */
  topic: Record<PartnerType, OfBoth>;
  before: (topic: string) => string;
  last: (topic: string) => string;
  /** How it could begin, where no fact is left to add. */
  smallStep: Record<PartnerType, string>;
  askAgain: Record<Tone, string>;
  askWho: (them: string) => string;
  release: string;
  thanks: Record<Tone, string>;
  understood: Record<AnswerKind, string>;
  next: Record<AnswerKind, string>;
  /** What they asked and what they proposed, quoted, and what follows: terms and times are a person's word. */
  asked: (question: string) => string;
  askedNext: string;
  proposed: (time: string) => string;
  proposedNext: string;
  /** Who named the person written to. Stands before the reason, and begins with a capital. */
  pointed: (who: string) => string;
  /** Where they named a month to come back in, or somebody else to write to. */
  nextIn: (month: string) => string;
  nextTo: (name: string) => string;
};

/** All that a letter may rest on. What is from outside is data, never an order. */
export type Grounds = {
  kind: WritingInput['kind'];
  language: Language;
  /** By the ids that sentences name: `f1`… are facts about them, `setup.…` is ours, `earlier` is what we
   *  wrote in the thread, `reply` their answer. */
  texts: Readonly<Record<string, string>>;
  us: Side;
  them: Side;
  /** What else may be said and is cited by nobody: the house style and its words, and what the recipient does. */
  wording: readonly string[];
  /** Names and domains of companies that have no business in the letter. */
  strangers: readonly string[];
  /** Whether a first message has a fact of theirs to begin with. */
  hasFact: boolean;
};

/** Names of the company and its people, and domains. */
export type Side = { names: readonly string[]; domains: readonly string[] };
