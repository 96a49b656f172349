import type { OwnCompany } from '../../programme/setup/programme.ts';
import { otherLanguageOf } from '../writing/language-of-text.ts';
import { isPlainlyEnglish, readsAsEnglish } from '../writing/own-words.ts';
import type { Language } from '../writing/writing.ts';
import { type LetterFacts, VALUE_PARTS, valueField } from './letter-facts.ts';
import type { HouseStyle } from './style.ts';

/** Fields of the form whose text is surely in another language than the letters it is for. Names are in none. */
export function foreignFields(facts: LetterFacts, language: Language): { field: string; reads: Language }[] {
  const { sells, customers, role, proof, values } = facts;
  const texts: [string, string][] = [
    ...Object.entries({ sells, customers, role }),
    ...proof.map((fact): [string, string] => ['proof', fact]),
    ...values.flatMap((value) => VALUE_PARTS.map((part): [string, string] => [valueField(value.type, part), value[part]])),
  ];
  return texts.flatMap(([field, text]) => {
    const reads = otherLanguageOf(text, language);
    return reads ? [{ field, reads }] : [];
  });
}

/** The language of set-up's texts, where letters in this one have no texts of their own and would mix the two; else null. */
export function mixedInto(
  language: Language,
  { letters }: Pick<HouseStyle, 'letters'>,
  own: Pick<OwnCompany, 'sells' | 'customers'> | null,
): Language | null {
  if (!own || letters[language]) return null;
  const text = `${own.sells}\n${own.customers}`;
  if (language === 'en') return readsAsEnglish(text) ? null : otherLanguageOf(text, language);
  return otherLanguageOf(text, language) ?? (isPlainlyEnglish(text) ? 'en' : null);
}
