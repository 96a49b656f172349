import { cleanText, shortenText } from './clean-text.ts';
import { COMPANY_STATUSES, SIZE_BANDS } from './company.ts';
import { withoutInstructions, withoutLinks } from './instructions.ts';
import { bandOf } from './merge-facts.ts';

/** Takes note of what could not be read or kept whole. */
export type Note = (field: string, reason: string) => void;

const MAX_ITEMS = 50;
/** What exports write where they know nothing. */
const NOTHING = /^(?:#?n\/a|null|undefined|-+|–|—|\?)$/i;
const MAX_PEOPLE = 10_000_000;

/** A text on one line, at most `max` characters. */
export function readText(value: unknown, field: string, max: number, note: Note): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') {
    note(field, 'This is not text. Left out.');
    return '';
  }
  const cleaned = cleanText(String(value));
  const text = NOTHING.test(cleaned) ? '' : cleaned;
  const kept = shortenText(text, max);
  if (kept.cut) note(field, `Cut to ${number(max)} of ${number(text.length)} characters.`);
  return kept.text;
}

/** As `readText`, for sentences: those that give orders to programs are no statement about the company. */
export function readProse(value: unknown, field: string, max: number, note: Note): string {
  const text = readText(value, field, max, note);
  const kept = withoutInstructions(text);
  if (kept !== text) note(field, 'A sentence that gives orders to a program is left out.');
  return kept;
}

/** As `readText`, for what is repeated in our own words: without links and mentions. */
export function readName(value: unknown, field: string, max: number, note: Note): string {
  const text = readText(value, field, max, note);
  const kept = withoutLinks(text);
  if (kept !== text) note(field, 'A link or a mention in it is left out.');
  return kept;
}

/** A list, or a text whose parts `separators` divide; no part twice, whatever its case. */
export function readList(value: unknown, field: string, max: number, separators: 'commas' | 'no-commas' | 'names', note: Note): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value === 'object' && !Array.isArray(value)) {
    note(field, 'This is neither a list nor text. Left out.');
    return [];
  }
  const parts = Array.isArray(value) ? value : splitText(String(value), separators);
  const items = new Map<string, string>();
  for (const part of parts) {
    const text = readName(readProse(part, field, max, note), field, max, note);
    if (text !== '' && !items.has(text.toLowerCase())) items.set(text.toLowerCase(), text);
  }
  if (items.size > MAX_ITEMS) note(field, `Cut to the first ${MAX_ITEMS} of ${number(items.size)} entries.`);
  return [...items.values()].slice(0, MAX_ITEMS);
}

/** “1,200”, “~50 people”, or a range such as “51-200” and “1000+”, which only tells the band. */
export function readSize(
  value: unknown,
  field: string,
  note: Note,
): { teamSize: number | null; sizeBand: (typeof SIZE_BANDS)[number] | null } {
  const text = readText(value, field, 60, note);
  if (text === '') return { teamSize: null, sizeBand: null };
  const plain = text.replace(/\b(employees|people|staff|ftes?)$/i, '').replace(/[\s'’_~≈]/g, '');
  const bounds = plain
    .replace(/\+$/, '')
    .split(/-|–|—|to/)
    .map(wholeNumber);
  const [from, to] = bounds;
  if (from !== undefined && from !== null && bounds.length <= 2) {
    if (to === undefined && !plain.endsWith('+') && from >= 1 && from <= MAX_PEOPLE) return { teamSize: from, sizeBand: null };
    const [first, last] = plain.endsWith('+') ? [from + 1, MAX_PEOPLE] : [Math.max(from, 1), to ?? 0];
    if (last >= first && bandOf(first) === bandOf(last)) return { teamSize: null, sizeBand: bandOf(first) };
  }
  note(field, `“${text}” is not a number of people (or a range inside ${SIZE_BANDS.join(', ')}). Left out.`);
  return { teamSize: null, sizeBand: null };
}

/** A year from 1500 to next year, also at the start of a date. */
export function readYear(value: unknown, field: string, thisYear: number, note: Note): number | null {
  const text = readText(value, field, 60, note);
  if (text === '') return null;
  const year = Number(/^(\d{4})(?:\.0+|-\d{1,2}(?:-\d{1,2}.*)?)?$/.exec(text)?.[1]);
  if (year >= 1500 && year <= thisYear + 1) return year;
  note(field, `“${text}” is not a year up to ${thisYear + 1}. Left out.`);
  return null;
}

export function readStatus(value: unknown, field: string, note: Note): (typeof COMPANY_STATUSES)[number] | null {
  const text = readText(value, field, 60, note);
  if (text === '') return null;
  const known = COMPANY_STATUSES.find((status) => status.toLowerCase() === text.toLowerCase());
  if (!known) note(field, `“${text}” is none of ${COMPANY_STATUSES.join(', ')}. Left out.`);
  return known ?? null;
}

/** A comma parts words only where the text has no `;`, `|` or line break; in names it does not part “Acme, Inc.”; in places it never does. */
function splitText(text: string, separators: 'commas' | 'no-commas' | 'names'): string[] {
  if (/[;|\n]/.test(text) || separators === 'no-commas') return text.split(/[;|\n]/);
  return text.split(
    separators === 'names' ? /,(?!\s*(?:inc|llc|llp|ltd|limited|gmbh|ag|s\.?a|s\.?l|b\.?v|plc|corp|co|pty|oy|ab|as|kg|sas|srl)\b)/i : ',',
  );
}

/** Digits, also with separators of thousands; null for anything else. */
function wholeNumber(text: string): number | null {
  const digits = text.replace(/^(\d{1,3})((?:[.,]\d{3})+)$/, (all) => all.replace(/[.,]/g, '')).replace(/\.0+$/, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}
