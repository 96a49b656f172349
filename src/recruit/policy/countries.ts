import { z } from 'zod';
import { readGeography } from '../../discover/fit/places.ts';

const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Codes that CLDR names and ISO 3166-1 does not give to a country: reserved, grouped or private ones. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'UK', 'QO', 'XA', 'XB', 'ZZ', 'AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'TA', 'XK']);

/** ISO 3166-1 alpha-2 codes with their English names, by name. Source: the CLDR data that Node ships. */
export const COUNTRIES: { code: string; name: string }[] = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
  .flatMap((code) => {
    const name = NO_COUNTRY.has(code) ? undefined : NAMES.of(code);
    // An outdated code, such as BU, is named like the country that follows it.
    return name && new Intl.Locale(`und-${code}`).region === code ? [{ code, name }] : [];
  })
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

const BY_CODE = new Map(COUNTRIES.map(({ code, name }) => [code, name]));
const BY_NAME = new Map(COUNTRIES.map(({ code, name }) => [name, code]));
/** Where the names of imports differ from CLDR's. */
const OTHER_NAMES: Record<string, string> = {
  'Czech Republic': 'CZ',
  Turkey: 'TR',
  Türkiye: 'TR',
  'Hong Kong': 'HK',
  'Bosnia and Herzegovina': 'BA',
  'Ivory Coast': 'CI',
  Myanmar: 'MM',
};

export const Country = z.string('Choose the country').refine((code) => BY_CODE.has(code), 'Choose a country from the list');

/** In English; an unknown code is its own name. */
export function countryName(code: string): string {
  return BY_CODE.get(code) ?? code;
}

/** The one country that a company's places name; null when they name none, or several. */
export function countryOf(locations: readonly string[]): string | null {
  const named = new Set(locations.flatMap((location) => readGeography(location).places.map(({ country }) => country)));
  const [only] = named;
  if (named.size !== 1 || !only) return null;
  return BY_NAME.get(only) ?? OTHER_NAMES[only] ?? null;
}

/** Members of the European Union, 2026. */
export const EU_COUNTRIES = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
