import { unzipSync } from 'fflate';
import { isCurrency } from '../../platform/money.ts';
import { MAX_FILE_BYTES, unreadable } from '../../programme/companies/file-problems.ts';
import { isRate } from '../commissions/exact.ts';
import type { DayRates } from './rate.ts';

/** The days of a file, as they stand in it, and the currencies in it that ISO 4217 no longer has: they are left out. */
export type EcbFile = { days: Omit<DayRates, 'workspaceId'>[]; unknown: string[] };

/** Reads what the European Central Bank publishes: `eurofxref-hist.zip`, the table in it, or the XML of a day or of all days. One euro in each currency; `N/A`
 *  where there was no rate. Refuses `file-unreadable`. Source: ecb.europa.eu, euro foreign exchange reference rates. */
export function readEcbFile(bytes: Uint8Array): EcbFile {
  const text = new TextDecoder('utf-8', { ignoreBOM: false }).decode(isZip(bytes) ? unpacked(bytes) : bytes).trim();
  const unknown = new Set<string>();
  const days = (text.startsWith('<') ? xmlDays(text) : tableDays(text)).flatMap(({ day, rates }) => {
    const perEuro: Record<string, string> = {};
    for (const [currency, rate] of rates) {
      if (!isRate(rate)) continue;
      if (isCurrency(currency)) perEuro[currency] = rate;
      else unknown.add(currency);
    }
    return Object.keys(perEuro).length > 0 ? [{ day, perEuro }] : [];
  });
  if (days.length === 0) throw unreadable('no-rates');
  return { days, unknown: [...unknown].sort() };
}

const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;

function unpacked(bytes: Uint8Array): Uint8Array {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, { filter: ({ name, originalSize }) => /\.csv$/i.test(name) && originalSize < MAX_FILE_BYTES });
  } catch (cause) {
    throw unreadable('no-rates', {}, cause);
  }
  const [file] = Object.values(files);
  if (!file) throw unreadable('no-rates');
  return file;
}

type Day = { day: string; rates: (readonly [currency: string, rate: string])[] };

function tableDays(text: string): Day[] {
  const [header = '', ...lines] = text.split(/\r?\n/);
  const [first = '', ...currencies] = cellsOf(header);
  if (first.toLowerCase() !== 'date') return [];
  return lines.flatMap((line): Day[] => {
    const [said = '', ...rates] = cellsOf(line);
    const day = dayOf(said);
    return day ? [{ day, rates: currencies.map((currency, place) => [currency, rates[place] ?? ''] as const) }] : [];
  });
}

const cellsOf = (line: string) => line.split(',').map((cell) => cell.trim());

/** `2026-11-27`, and `27 November 2026` as the table of one day has it. */
function dayOf(said: string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(said)) return Number.isNaN(Date.parse(said)) ? null : said;
  const at = /^\d{1,2} [A-Z][a-z]+ \d{4}$/.test(said) ? Date.parse(`${said} UTC`) : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString().slice(0, 10);
}

function xmlDays(text: string): Day[] {
  const [, ...parts] = text.split(/<Cube\s+time=/);
  return parts.flatMap((part): Day[] => {
    const day = dayOf(/^["']([^"']{10})["']/.exec(part)?.[1] ?? '');
    const cubes = part.matchAll(/<Cube\s+currency=["']([A-Z]{3})["']\s+rate=["']([\d.]{1,25})["']/g);
    return day ? [{ day, rates: [...cubes].map(([, currency = '', rate = '']) => [currency, rate] as const) }] : [];
  });
}
