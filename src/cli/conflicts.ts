import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readCandidates } from '../discover/fit/read-candidates.ts';
import { CommandError, Refusal } from '../errors.ts';
import type { ConflictCode } from '../manage/conflicts/check.ts';
import { findAccounts, type KnownCompanies, NO_COMPANIES, type Recorded } from '../manage/conflicts/find-account.ts';
import { companiesInMemory, recordsInMemory } from '../manage/conflicts/records-in-memory.ts';
import { readCrmFile } from '../manage/crm/read-crm-file.ts';
import { parseJson } from '../platform/parse-json.ts';

const USAGE = 'conflicts --opportunities crm.csv --registrations r.json [--companies c.jsonl.gz] [--json]';

const text = z.string().nullish();
/** Any part may be unknown. */
const Registration = z.object({
  id: z.string(),
  companyName: text,
  website: text,
  contactDomain: text,
  city: text,
  country: text,
});
type Registration = z.infer<typeof Registration>;

export type Answer = {
  id: string;
  outcome: 'clear' | 'duplicate' | 'possible';
  opportunityId: string | null;
  rule: ConflictCode | null;
  score: number;
};

/** Says of registrations in a file which meet an opportunity in a file, by the functions that check those that come in; needs no database. */
export async function runConflicts(
  args: string[],
  print: (line: string) => void,
  warn: (line: string) => void = console.error,
): Promise<void> {
  const { opportunities, registrations, companies, json } = readOptions(args);
  const at = new Date();
  const known = companies ? await readCompanies(companies, warn) : NO_COMPANIES;
  const records = recordsInMemory(await readOpportunities(opportunities, at));
  const answers: Answer[] = [];
  for (const registration of await readRegistrations(registrations)) answers.push(await answerTo(registration, records, known));
  if (json) print(JSON.stringify(answers));
  else
    for (const { id, outcome, opportunityId, rule, score } of answers)
      print([id, outcome, opportunityId ?? '–', rule ?? '–', score].join('  '));
}

async function answerTo(
  registration: Registration,
  records: ReturnType<typeof recordsInMemory<Recorded>>,
  known: KnownCompanies,
): Promise<Answer> {
  const { id, companyName, website, contactDomain, city, country } = registration;
  const said = {
    names: companyName ? [companyName] : [],
    sites: [website, contactDomain].filter((site) => typeof site === 'string'),
    city: city ?? null,
  };
  const [best] = await findAccounts({ ...said, country: country?.toUpperCase() ?? null }, [records], known);
  if (!best) return { id, outcome: 'clear', opportunityId: null, rule: null, score: 0 };
  const isSame = best.verdict === 'same';
  return {
    id,
    outcome: isSame ? 'duplicate' : 'possible',
    opportunityId: best.record.id,
    rule: isSame ? 'conflict-direct' : 'possible-duplicate',
    score: best.score,
  };
}

async function readOpportunities(path: string, at: Date): Promise<Recorded[]> {
  const bytes = await contentOf(path);
  try {
    const { records } = await readCrmFile(bytes, basename(path), 'opportunities', at);
    return records.map(({ sourceId, accountName, aliases, domains, country, city }) => ({
      id: sourceId,
      said: { names: [accountName, ...aliases], sites: domains, country, city },
    }));
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    throw new CommandError(
      `${path} cannot be read as opportunities (${cause.code}): give a CSV with opportunity_id, account_name and stage.`,
      { cause },
    );
  }
}

async function readRegistrations(path: string): Promise<Registration[]> {
  const read = z.array(Registration).safeParse(parseJson((await contentOf(path)).toString('utf8').replace(/^\ufeff/, '')));
  if (read.success) return read.data;
  throw new CommandError(
    `${path} holds no registrations: give a JSON array of {"id", "companyName", "website", "contactDomain", "city", "country"}.`,
  );
}

async function readCompanies(path: string, warn: (line: string) => void): Promise<KnownCompanies> {
  const companies: Recorded[] = [];
  try {
    for await (const { id, name, domain, aliases } of readCandidates(path, warn))
      companies.push({ id, said: { names: [name, ...aliases], sites: domain ? [domain] : [], country: null, city: null } });
  } catch (cause) {
    throw new CommandError(`The companies file ${path} cannot be read; give a JSONL file, plain or gzipped.`, { cause });
  }
  return companiesInMemory(companies);
}

async function contentOf(path: string): Promise<Buffer> {
  return readFile(path).catch((cause) => {
    throw new CommandError(`${path} cannot be read; check the path.`, { cause });
  });
}

function readOptions(args: string[]) {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { opportunities: option, registrations: option, companies: option, json: { type: 'boolean' } },
  });
  const { opportunities, registrations } = values;
  if (!opportunities || !registrations) throw new CommandError(`Say which opportunities and which registrations: ${USAGE}`);
  return { opportunities, registrations, companies: values.companies, json: values.json === true };
}
