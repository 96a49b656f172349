import type { PartnerType } from '../../programme/setup/programme.ts';
import type { Angle } from './angles.ts';
import { ENGLISH } from './phrases/english.ts';
import { FRENCH } from './phrases/french.ts';
import { GERMAN } from './phrases/german.ts';
import { SPANISH } from './phrases/spanish.ts';
import type { Language, Tone } from './writing.ts';

/** How their answer was understood, as far as a reply differs by it. */
export const ANSWER_KINDS = ['interested', 'later', 'no', 'wrong-person', 'away', 'other'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** `them` and `own` are company names, `quote` a fact in quotation marks of the language. */
type OfBoth = (own: string, them: string) => string;

/** All that the offline writer can say in one language. Sentences that begin a letter have the case that its greeting asks for. */
export type Phrases = {
  quoted: (text: string) => string;
  greeting: Record<Tone, (name: string) => string>;
  closing: Record<Tone, string>;
  subject: Record<PartnerType, OfBoth>;
  /** Why we write to them, resting on one fact. Begins the letter. */
  reason: Record<Angle['kind'], (them: string, quote: string) => string>;
  /** What a second look adds, in a follow-up. */
  addition: Record<Angle['kind'], (them: string, quote: string) => string>;
  /** `first`: it begins the letter, because no fact is on file. */
  intro: (sender: string, own: string, first: boolean) => string;
  /** What we do and who buys it, in the words of set-up; null leaves the buyers out. */
  offer: (sells: string, customers: string | null) => string;
  /** Leads to the idea: plainly, where their customers may be ours, or where a word of theirs names whom we sell to. */
  ideaIs: string;
  ideaIfSame: string;
  ideaShared: (word: string) => string;
  idea: Record<PartnerType, OfBoth>;
  gain: Record<PartnerType, OfBoth>;
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
};

export const PHRASES: Record<Language, Phrases> = { en: ENGLISH, de: GERMAN, fr: FRENCH, es: SPANISH };
