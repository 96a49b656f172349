import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { reasonWords } from '../../blocks/discover/reason-words.ts';
import { BAND_WORDS } from '../../blocks/words.ts';
import type { Among } from '../discover/fit/among.ts';
import { bandOf } from '../discover/fit/criteria.ts';
import { type Candidate, FitProfile } from '../discover/fit/fit.ts';
import { createRanking, explainPlaced, type RankedCompany } from '../discover/fit/rank-companies.ts';
import { readCandidates } from '../discover/fit/read-candidates.ts';
import { CommandError } from '../errors.ts';
import { atOnce } from '../platform/slices.ts';
import { PARTNER_TYPES, PartnerType } from '../programme/setup/programme.ts';

const USAGE = 'rank --profile p.json --companies c.jsonl.gz [--type technology] [--top 20] [--all] [--json]';
const DEFAULT_TOP = 20;
const MOST = 100_000;
/** Companies read before they are ranked together: the clock of `tookMs` runs for the ranking only, and memory stays small. */
const SLICE = 500;

/** Ranks a file of companies for a profile and prints what may be suggested, or with `--all` whatever no list of the profile leaves out;
 *  needs no database. Lines that cannot be read go to stderr. */
export async function runRank(args: string[], out: (line: string) => void, warn: (line: string) => void = console.error): Promise<void> {
  const options = readOptions(args);
  const profile = await readProfile(options.profile);
  const ranking = createRanking(profile, options.type ? [options.type] : undefined);
  let tookMs = 0;
  const timed = <Result>(work: () => Result): Result => {
    const start = performance.now();
    const result = work();
    tookMs += performance.now() - start;
    return result;
  };
  for await (const slice of slices(options.companies, warn)) timed(() => slice.forEach(ranking.add));
  const among = (which: Among) => timed(() => atOnce(ranking.best({ top: options.top, among: which })));
  const { candidates, placed } = among(options.all ? 'all' : 'suggested');
  const large = options.all ? [] : among('too-large').placed;
  const ids = new Set([...placed, ...large].flatMap((company) => [company.id, ...ranking.namersOf(company)]));
  const shown = await companiesByIds(options.companies, ids);
  const ranked = timed(() => explainPlaced(ranking, placed, shown));
  const tooLarge = timed(() => explainPlaced(ranking, large, shown));
  if (options.json) {
    const took = Math.round(tookMs);
    out(JSON.stringify({ candidates, tookMs: took, ranked: ranked.map(toldCompany), tooLarge: tooLarge.map(toldCompany) }));
  } else for (const line of table(candidates, ranked, tooLarge)) out(line);
}

/** As `--json` prints it: what was found, in words. */
function toldCompany(company: RankedCompany) {
  const reasons = company.reasons.map((reason) => {
    const { criterion, points, max, evidence } = reason;
    return { criterion, points, max, text: reasonWords(reason), evidence };
  });
  return { ...company, reasons };
}

/** Only those in words are needed again: the file is read a second time rather than kept in memory. */
async function companiesByIds(path: string, ids: ReadonlySet<string>): Promise<Map<string, Candidate>> {
  const found = new Map<string, Candidate>();
  for await (const slice of slices(path, () => {})) {
    for (const candidate of slice) if (ids.has(candidate.id)) found.set(candidate.id, candidate);
  }
  return found;
}

async function* slices(path: string, warn: (line: string) => void): AsyncGenerator<Candidate[]> {
  let slice: Candidate[] = [];
  try {
    for await (const candidate of readCandidates(path, warn)) {
      if (slice.push(candidate) < SLICE) continue;
      yield slice;
      slice = [];
    }
  } catch (cause) {
    throw new CommandError(`The companies file ${path} cannot be read (${reasonOf(cause)}); give a JSONL file, plain or gzipped.`, {
      cause,
    });
  }
  yield slice;
}

type Options = { profile: string; companies: string; type: PartnerType | null; top: number; all: boolean; json: boolean };

function readOptions(args: string[]): Options {
  const { profile, companies, type, top, all, json } = parse(args);
  if (!profile) throw new CommandError(`Say which profile to rank for: ${USAGE}`);
  if (!companies) throw new CommandError(`Say which companies to rank: ${USAGE}`);
  const known = PartnerType.safeParse(type);
  if (type !== undefined && !known.success) {
    throw new CommandError(`“${type}” is no partner type; use one of ${PARTNER_TYPES.join(', ')}.`);
  }
  const count = top === undefined ? DEFAULT_TOP : /^\d{1,6}$/.test(top) ? Number(top) : 0;
  if (count < 1 || count > MOST) throw new CommandError(`“${top}” is no length for a list; give --top a whole number from 1 to ${MOST}.`);
  return { profile, companies, type: known.data ?? null, top: count, all: all === true, json: json === true };
}

function parse(args: string[]) {
  try {
    const [option, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
    const options = { profile: option, companies: option, type: option, top: option, all: flag, json: flag };
    return parseArgs({ args, options }).values;
  } catch (cause) {
    throw new CommandError(`${reasonOf(cause).split('. ')[0]}; use ${USAGE}`, { cause });
  }
}

async function readProfile(path: string): Promise<FitProfile> {
  const content = await readFile(path, 'utf8').catch((cause) => {
    throw new CommandError(`The profile ${path} cannot be read (${reasonOf(cause)}); check the path.`, { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(content.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new CommandError(`The profile ${path} is not JSON (${reasonOf(cause)}); correct the file.`, { cause });
  }
  const profile = FitProfile.safeParse(json);
  if (profile.success) return profile.data;
  throw new CommandError(
    `Correct the profile ${path}: ${z
      .prettifyError(profile.error)
      .replace(/^✖ /, '')
      .replace(/\s*\n\s*/g, ' ')
      .replace(/ ✖ /g, '; ')}.`,
  );
}

/** Named at the end of the table. */
const MOST_LARGE = 10;

function table(candidates: number, ranked: readonly RankedCompany[], tooLarge: readonly RankedCompany[]): string[] {
  const rows = ranked.flatMap(({ name, domain, type, score, known, reasons }, index) => [
    `${String(index + 1).padStart(4)}  ${String(score).padStart(3)} on ${String(Math.round(known * 100)).padStart(3)} % known (${BAND_WORDS[bandOf({ type, score })]})  ${name} (${domain ?? 'no domain'}), ${type}`,
    ...[...reasons]
      .sort((a, b) => b.points - a.points)
      .slice(0, 3)
      .map((reason) => `        ${reason.points} of ${reason.max}: ${reasonWords(reason)}`),
  ]);
  const large = tooLarge.slice(0, MOST_LARGE).map(({ name }) => name);
  return [
    `${candidates.toLocaleString('en-GB')} companies read, ${ranked.length} shown.`,
    ...rows,
    ...(large.length > 0 ? [`Too large for a first mail: ${large.join(', ')}.`] : []),
  ];
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
