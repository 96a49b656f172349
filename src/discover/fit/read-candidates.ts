import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { parseJson } from '../../platform/parse-json.ts';
import { COMPANY_STATUSES, type Origin, SIZE_BANDS } from '../../programme/companies/company.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import type { Candidate } from './fit.ts';

/** Streams the companies of a JSONL file, plain or gzipped; fields may be null or missing, others are not read. Evidence points at
 *  `file:line`, dated by the file. A line that is no company goes to `report` and is skipped. Throws what the file system throws. */
export async function* readCandidates(path: string, report: (problem: string) => void): AsyncGenerator<Candidate> {
  const { mtime } = await stat(path);
  const file = createReadStream(path);
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  // pipe() does not carry errors over; without this, a file that fails midway would look like its end.
  if (bytes !== file) file.on('error', (error) => bytes.destroy(error));
  const name = basename(path);
  let number = 0;
  for await (const line of createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    const text = number === 1 ? line.replace(/^\ufeff/, '') : line;
    if (text.trim() === '') continue;
    const read = readCandidate(text, { source: `${name}:${number}`, at: mtime });
    if (typeof read === 'string') report(`${name}, line ${number}: ${read}; skipped`);
    else yield read;
  }
}

/** One line as a company, or what is wrong with it. */
export function readCandidate(line: string, origin: Origin): Candidate | string {
  const json = parseJson(line);
  if (json === undefined) return 'is not JSON';
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return 'is not a JSON object';
  const values = new Map<string, unknown>(Object.entries(json));
  const website = text(values.get('website'));
  const domain = domainOf(text(values.get('domain'))) ?? domainOf(website);
  const id = text(values.get('id')) || (domain ?? '');
  const name = text(values.get('name')) || (domain ?? '');
  if (id === '' && name === '') return 'has neither id, name nor domain';
  return {
    id: id || name,
    domain,
    name,
    website,
    oneLiner: text(values.get('oneLiner')),
    description: text(values.get('description')),
    industries: list(values.get('industries')),
    tags: list(values.get('tags')),
    teamSize: wholeNumber(values.get('teamSize')),
    sizeBand: SIZE_BANDS.find((band) => band === values.get('sizeBand')) ?? null,
    locations: list(values.get('locations')),
    founded: wholeNumber(values.get('founded')),
    status: COMPANY_STATUSES.find((status) => status === values.get('status')) ?? null,
    aliases: list(values.get('aliases')),
    origin,
    origins: {},
  };
}

function domainOf(address: string): string | null {
  const found = registrableDomain(address);
  return 'domain' in found ? found.domain : null;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(text).filter((item) => item !== '');
}

function wholeNumber(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : null;
}
