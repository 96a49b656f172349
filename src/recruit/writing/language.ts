import { z } from 'zod';

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

export function languageOf(country: string): Language {
  return BY_COUNTRY[country] ?? 'en';
}
