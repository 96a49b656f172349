import { Refusal } from '../../errors.ts';
import { keepLastUsed } from '../../platform/last-used.ts';
import { inSlices } from '../../platform/slices.ts';
import type { Company, CompanyDecision } from '../../programme/companies/company.ts';
import { nothingRead, type ReadSoFar, readChanges } from '../../programme/companies/company-changes.ts';
import { namesOf } from '../../programme/companies/company-names.ts';
import { listCompaniesByIds, toCompany } from '../../programme/companies/company-repository.ts';
import type { FitProfile } from '../fit/fit.ts';
import { getFitProfile } from '../fit/fit-profile.ts';
import { type KeptReading, keepReading } from '../fit/kept-reading.ts';
import type { Likeness } from '../fit/like-examples.ts';
import { createRanking, type Ranking } from '../fit/rank-companies.ts';
import { opinionsOf, type Review } from '../reviews/review.ts';
import { listHeard } from '../reviews/review-repository.ts';
import { likenessIn } from './examples.ts';

/** What is kept of a company beside its row in the ranking. */
export type OnFile = { id: string; decision: CompanyDecision | null; reading: KeptReading };

/** What was read of a workspace's companies for its profile, as they are now; `rows` in the order of the ranking's. */
export type KeptRanking = {
  ranking: Ranking;
  rows: readonly OnFile[];
  profile: FitProfile;
  /** Another number after each change of what was read. */
  changes: number;
  /** How like the good examples the companies are; undefined where there is none. */
  likeness: Likeness | undefined;
};

type Kept = {
  ranking: Ranking;
  rows: OnFile[];
  companies: Map<string, OnFile & { facts: string }>;
  readSoFar: ReadSoFar;
  /** What the team and the second reader said, by company and by what it is about, and until when it was heard. */
  reviews: Map<string, Map<string, Review>>;
  heardUntil: Date | null;
  /** On our own clock: all that was stored or set before this moment is in it. */
  readSince: number;
  profile: FitProfile;
  changes: number;
  likeness: Likeness | undefined;
  /** Of the settings, what each company is read for; another needs another ranking. */
  target: string;
  /** Whom it leaves out; another only opens and closes gates. */
  gates: string;
};

/** Companies kept, of all workspaces together, about 2 kB each. */
const MOST_KEPT = 250_000;
/** What a workspace takes beside its companies, in companies. */
const EACH_TAKES = 2_500;
const kept = keepLastUsed<Kept>(MOST_KEPT, ({ companies }) => companies.size + EACH_TAKES);

/** Calls `work` with the workspace's ranking for its settings, brought up to date with what has changed until it was asked for. One at a
 *  time for each workspace; those who wait together share what was read since they came. Refuses `setup-incomplete`. */
export async function withRanking<Result>(workspaceId: string, work: (kept: KeptRanking) => Promise<Result>): Promise<Result> {
  const cameAt = performance.now();
  return await inTurn(workspaceId, async () => {
    const known = kept.get(workspaceId);
    return work(known && known.readSince > cameAt ? known : await rankingNow(workspaceId));
  });
}

/** The end of all that was asked so far, for each queue that anybody stands in. */
const ends = new Map<string, Promise<unknown>>();

function inTurn<Result>(queue: string, work: () => Promise<Result>): Promise<Result> {
  const done = (ends.get(queue) ?? Promise.resolve()).then(work);
  // Whoever comes next waits for the end of this, however it ends.
  const end = done
    .catch(() => {})
    .then(() => {
      if (ends.get(queue) === end) ends.delete(queue);
    });
  ends.set(queue, end);
  return done;
}

async function rankingNow(workspaceId: string): Promise<Kept> {
  const beganAt = performance.now();
  const known = kept.get(workspaceId) ?? newRanking(await profileOf(workspaceId));
  await readNew(workspaceId, known);
  known.likeness = await likenessIn(workspaceId, known);
  // The settings last, right before the ranking is used: reading may take long, and whom they leave out since then must not appear.
  const profile = await profileOf(workspaceId);
  await hear(workspaceId, known);
  if (known.target === targetOf(profile)) {
    await regate(workspaceId, known, profile);
    return Object.assign(known, { readSince: beganAt });
  }
  kept.forget(workspaceId);
  const other = newRanking(profile);
  await readNew(workspaceId, other);
  other.likeness = await likenessIn(workspaceId, other);
  await hear(workspaceId, other);
  return Object.assign(other, { readSince: beganAt });
}

async function profileOf(workspaceId: string): Promise<FitProfile> {
  const profile = await getFitProfile(workspaceId);
  if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
  return profile;
}

let changes = 0;

function newRanking(profile: FitProfile): Kept {
  const [target, gates] = [targetOf(profile), gatesOf(profile)];
  return {
    ranking: createRanking(profile),
    rows: [],
    companies: new Map(),
    readSoFar: nothingRead(),
    reviews: new Map(),
    heardUntil: null,
    readSince: 0,
    profile,
    changes: ++changes,
    likeness: undefined,
    target,
    gates,
  };
}

/** The queue of those who read a workspace for the first time. */
const FIRST_READING = 'first reading';

/** Workspaces are read for the first time one after another, so that memory holds one more than may be kept, however many ask at once. */
async function readNew(workspaceId: string, entry: Kept): Promise<void> {
  const read = async () => {
    for await (const { anew, companies: stored } of readChanges(workspaceId, entry.readSoFar)) {
      if (anew) Object.assign(entry, { ...newRanking(entry.profile), readSoFar: entry.readSoFar });
      await inSlices(readBatch(entry, stored.map(toCompany)));
      // As it grows, others have to go.
      kept.set(workspaceId, entry);
    }
  };
  await (entry.readSoFar.witness === null ? inTurn(FIRST_READING, read) : read());
}

async function regate(workspaceId: string, entry: Kept, profile: FitProfile): Promise<void> {
  const gates = gatesOf(profile);
  if (gates === entry.gates) return;
  // The names may be a moment newer than what was read; whatever they lack or have more is read next time, with the new gates.
  await inSlices(entry.ranking.regate(profile, (await namesOf(workspaceId)).values()));
  Object.assign(entry, { profile, gates });
}

const HEARD_AT_ONCE = 100;

/** Hears what was said since the last time. What somebody says of a company counts as soon as they have said it, whoever asks. */
async function hear(workspaceId: string, entry: Kept): Promise<void> {
  const { until, reviews } = await listHeard(workspaceId, entry.heardUntil);
  const about = new Set<string>();
  for (const review of reviews) {
    const known = entry.reviews.get(review.companyId) ?? new Map<string, Review>();
    entry.reviews.set(review.companyId, known.set(review.about, review));
    about.add(review.companyId);
  }
  const ids = [...about];
  for (let first = 0; first < ids.length; first += HEARD_AT_ONCE) {
    const companies = await listCompaniesByIds(workspaceId, ids.slice(first, first + HEARD_AT_ONCE));
    for (const company of companies) {
      entry.ranking.hear(company.id, opinionsOf(entry.reviews.get(company.id)?.values() ?? [], entry.profile, company));
    }
  }
  entry.heardUntil = until;
}

function* readBatch(entry: Kept, batch: readonly Company[]) {
  const { ranking, rows, companies, reviews, profile } = entry;
  for (const company of batch) {
    const { id, decision } = company;
    const facts = stateOf(company);
    const known = companies.get(id);
    if (known?.facts === facts) known.decision = decision;
    else {
      const { place, readings } = ranking.add(company);
      const read = { id, decision, facts, reading: keepReading(company, readings) };
      companies.set(id, read);
      rows[place] = read;
      const said = reviews.get(id);
      if (said) ranking.hear(id, opinionsOf(said.values(), profile, company));
    }
    yield;
  }
}

/** Changes with the facts, also when two changes bear the same time, and when one was only read again. */
function stateOf({ updatedAt, origin, origins, teamSize, sizeBand, ...facts }: Company): string {
  const { name, oneLiner, description, industries, tags, locations, integrations = [] } = facts;
  const sizes = [name, oneLiner, description, ...[industries, tags, locations, integrations].map((list) => list.join())].map(
    ({ length }) => length,
  );
  const read = [origin, ...Object.values(origins)].map(({ at }) => at.getTime());
  return [updatedAt.getTime(), ...sizes, teamSize, sizeBand, ...read].join();
}

function targetOf({ sells, customers, geography, partnerTypesWanted, corrected, largest }: FitProfile): string {
  return JSON.stringify([sells, customers, geography, partnerTypesWanted, corrected, largest]);
}

function gatesOf({ name, competitors, keptOut, existing, leaveOut, suppressed }: FitProfile): string {
  return JSON.stringify([name, competitors, keptOut, existing, leaveOut, suppressed]);
}
