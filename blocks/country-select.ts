import type { PlainTextOption, StaticSelect } from '@slack/types';
import { COUNTRIES } from '../src/recruit/policy/countries.ts';
import { option, text } from './elements.ts';

/** What a select starts with: the option of that value, where there is one. */
export function initial(options: PlainTextOption[], value: string | undefined): { initial_option?: PlainTextOption } {
  const chosen = options.find((one) => one.value === value);
  return chosen ? { initial_option: chosen } : {};
}

/** Every country, by its first letter; `code` is chosen. */
export function countrySelect(code: string | undefined): StaticSelect {
  return { type: 'static_select', option_groups: countryGroups(), ...initial(COUNTRY_OPTIONS, code) };
}

const COUNTRY_OPTIONS = COUNTRIES.map(({ code, name }) => option(code, name));

/** Groups of at most 100 options, as Slack demands: by first letter. */
function countryGroups(): { label: ReturnType<typeof text>; options: PlainTextOption[] }[] {
  const letters = new Map<string, PlainTextOption[]>();
  for (const one of COUNTRY_OPTIONS) letters.set(letterOf(one), [...(letters.get(letterOf(one)) ?? []), one]);
  return [...letters].map(([letter, options]) => ({ label: text(letter), options }));
}

function letterOf({ text: { text: name } }: PlainTextOption): string {
  return name.normalize('NFD').charAt(0).toUpperCase();
}
