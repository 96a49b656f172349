import { z } from 'zod';
import type { Evidence } from '../../discover/fit/fit.ts';
import type { Company } from '../../programme/companies/company.ts';
import type { OwnCompany, PartnerType, Sender } from '../../programme/setup/programme.ts';

/** A statement about the company and the stored facts it rests on. */
export type Claim = { text: string; evidence: Evidence[] };

/** One of our messages that has left in the same thread. */
export type Earlier = Pick<WrittenText, 'subject' | 'body'>;

/** All that a writer may know. `earlier` are our messages of the thread, oldest first; `answers` is what they wrote, and how that was
 *  understood: outside text. */
export type WritingInput = {
  own: OwnCompany;
  sender: Pick<Sender, 'name'>;
  company: Company;
  contact: { name: string };
  type: PartnerType;
  kind: 'first' | 'follow-up' | 'answer';
  /** 1 to 3 for touches of a thread, 0 for answers. */
  touch: number;
  language: Language;
  manner: Manner;
  replacements: readonly Replacement[];
  earlier: readonly Earlier[];
  answers: { text: string; understoodAs: string } | null;
};

/** A text with what it claims of the company; `english` is the body in English when `language` is another, for whoever approves. */
export type WrittenText = { subject: string; body: string; english: string; claims: Claim[] };

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

/** How long a text is: `short` leaves out what both would gain in detail, `shortest` keeps the reason and the question. */
export const LENGTHS = ['shortest', 'short', 'medium'] as const;
export const Length = z.enum(LENGTHS);
export type Length = z.infer<typeof Length>;

/** Words that a team says otherwise: `from` as our templates have it, whole words only. */
export const Replacement = z.object({ from: z.string(), to: z.string() });
export type Replacement = z.infer<typeof Replacement>;

/** Which of several texts is meant. `angle` counts the facts that a first sentence can rest on, 0 being the best. */
export const Manner = z.object({ tone: Tone, length: Length, angle: z.number().int().min(0) });
export type Manner = z.infer<typeof Manner>;
