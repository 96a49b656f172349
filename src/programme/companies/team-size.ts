import type { SIZE_BANDS } from './company.ts';
import { bandOf } from './merge-facts.ts';

/** One of the two, or neither: a band where only a range is known. */
export type TeamSize = { teamSize: number | null; sizeBand: (typeof SIZE_BANDS)[number] | null };

const UNKNOWN: TeamSize = { teamSize: null, sizeBand: null };
const MAX_PEOPLE = 10_000_000;
const NUMBER = String.raw`\d[\d.,'’  ]*`;
/** “ca. 40”, “~50 people”, “11 – 50 Mitarbeiter”, “12 à 20”, “500+”, “<10”, “> 500”. A word between two numbers stands apart from them. */
const SIZE = new RegExp(
  String.raw`^(?:\p{L}{1,12}\.?\s+|[~≈])?\s*([<>]?)\s*(${NUMBER}?)(?:\s*[-–—]\s*(${NUMBER}?)|\s+\p{L}{1,5}\s+(${NUMBER}?))?\s*(\+?)(?:\s*\p{L}[\p{L}.\s]{0,30})?$`,
  'u',
);
/** Behind the last number, such as the “x” of “5x”, nothing may stand that is no word. */
const GLUED = /\d\p{L}/u;

/** A number of people, or a range that lies in one band; null when the text says neither. */
export function readTeamSize(text: string): TeamSize | null {
  const [, sign = '', first = '', dashed, worded, plus = ''] = (GLUED.test(text) ? null : SIZE.exec(text)) ?? [];
  const from = wholeNumber(first);
  const second = dashed ?? worded;
  if (from === null) return null;
  if (second !== undefined) {
    const to = wholeNumber(second);
    return to === null || sign !== '' || plus !== '' ? null : readRange(from, to);
  }
  if (sign === '<') return readRange(1, from - 1);
  if (sign === '>' || plus === '+') return readRange(from + 1, MAX_PEOPLE);
  return from >= 1 && from <= MAX_PEOPLE ? { teamSize: from, sizeBand: null } : null;
}

/** The size between two columns, either of them empty; null when they do not lie in one band. */
export function sizeBetween(least: string, most: string): TeamSize | null {
  const [from, to] = [least === '' ? 1 : wholeNumber(least), most === '' ? MAX_PEOPLE : wholeNumber(most)];
  if (least === '' && most === '') return UNKNOWN;
  if (from === null || to === null) return null;
  return from === to && from > 0 ? { teamSize: from, sizeBand: null } : readRange(from, to);
}

function readRange(from: number, to: number): TeamSize | null {
  const first = Math.max(from, 1);
  return to >= first && bandOf(first) === bandOf(to) ? { teamSize: null, sizeBand: bandOf(first) } : null;
}

/** Digits, also with separators of thousands; null for anything else, so that “11 50” is no 1150. */
function wholeNumber(text: string): number | null {
  const plain = text.trim().replace(/\.0+$/, '');
  const digits = /^\d{1,3}(?:[.,'’\s]\d{3})+$/.test(plain) ? plain.replace(/\D/g, '') : plain;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}
