import { randomUUID } from 'node:crypto';
import { Refusal } from '../../errors.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { Reason } from '../fit/fit.ts';
import { LIKE } from '../fit/like-examples.ts';
import type { RankedCompany } from '../fit/rank-companies.ts';
import { sharesOf } from './decide-company.ts';
import type { Digest, DigestItem } from './digest.ts';
import { findDigest, findLatestDigest, insertDigest, lastPosted } from './digest-repository.ts';
import { type OnFile, rankCandidates } from './rank-candidates.ts';

const REASONS_SHOWN = 3;
/** Every retry means that another process made a digest in between; more than a few are a fault. */
const ATTEMPTS = 8;

/** Chooses and stores the digest of a day and round, or returns the one that is there: whatever restarts and however many
 *  processes run, the unique index on day and round lets one in, and its choice is final. Refuses `setup-incomplete`. */
export async function prepareDigest(workspaceId: string, slot: { day: string; round: number; by: string }, at: Date): Promise<Digest> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const existing = await findDigest(workspaceId, slot.day, slot.round);
    if (existing) return existing;
    const latest = await findLatestDigest(workspaceId);
    const { candidates, items, unserved } = await chooseCompanies(workspaceId, at);
    const { day, round, by } = slot;
    const number = (latest?.number ?? 0) + 1;
    const digest = {
      id: randomUUID(),
      workspaceId,
      number,
      day,
      round,
      requestedBy: by,
      candidates,
      items,
      unserved,
      createdAt: at,
      postedAt: null,
    };
    if (await insertDigest(digest)) return digest;
  }
  throw new Error('could not settle a digest: another process kept changing them');
}

/** The best companies that nobody has decided on and no digest has shown, or that were put off until now: each wanted type has its places,
 *  one after the other, so that a type with high scores does not fill the day. */
async function chooseCompanies(workspaceId: string, at: Date): Promise<Pick<Digest, 'candidates' | 'items' | 'unserved'>> {
  const { digest, company: own } = await getProgramme(workspaceId);
  if (!digest || !own) throw new Refusal('setup-incomplete', { step: digest ? 'company' : 'digest' });
  const posted = await lastPosted(workspaceId, at);
  const include = (company: OnFile) => isNew(company, posted.get(company.id), at);
  const lists: { type: PartnerType; candidates: number; ranked: RankedCompany[] }[] = [];
  for (const type of own.partnerTypes) {
    lists.push({ type, ...(await rankCandidates(workspaceId, { top: digest.count, type, among: 'suggested', include, now: at })) });
  }
  const ranked = inTurn(
    lists.map((list) => list.ranked),
    digest.count,
  );
  const chosen = await listCompaniesByIds(
    workspaceId,
    ranked.map(({ id }) => id),
  );
  const oneLiners = new Map(chosen.map(({ id, oneLiner }) => [id, oneLiner]));
  return {
    candidates: lists[0]?.candidates ?? 0,
    items: ranked.map((company) => digestItem(company, oneLiners.get(company.id) ?? '')),
    unserved: lists.flatMap(({ type, ranked }) => (ranked.length === 0 ? type : [])),
  };
}

/** The first of each list, then the second, up to `count`; a company that is in several counts in the one that comes first. */
function inTurn(lists: readonly RankedCompany[][], count: number): RankedCompany[] {
  const chosen = new Map<string, RankedCompany>();
  for (let place = 0; place < count; place++) {
    for (const list of lists) {
      const next = list[place];
      if (next && chosen.size < count && !chosen.has(next.id)) chosen.set(next.id, next);
    }
  }
  return [...chosen.values()].sort((a, b) => b.score - a.score);
}

function isNew({ decision }: OnFile, lastPostedAt: Date | undefined, at: Date): boolean {
  if (!decision) return lastPostedAt === undefined;
  if (decision.kind !== 'later' || decision.until > at) return false;
  return lastPostedAt === undefined || lastPostedAt < decision.until;
}

function digestItem({ id, name, domain, type, score, known, reasons }: RankedCompany, oneLiner: string): DigestItem {
  return {
    companyId: id,
    name,
    domain: domain ?? '',
    oneLiner,
    type,
    score,
    known,
    shares: sharesOf(reasons),
    reasons: strongestReasons(reasons).map(({ points, max, finding, asOf }) => ({ points, max, finding, asOf })),
  };
}

/** Those with most points, and always the example it is like: one point of likeness is one of the score, one of a criterion may be less. */
function strongestReasons(reasons: readonly Reason[]): Reason[] {
  const like = reasons.filter(({ criterion }) => criterion === LIKE);
  const byRules = reasons.filter(({ criterion }) => criterion !== LIKE).toSorted((a, b) => b.points - a.points);
  return [...byRules.slice(0, REASONS_SHOWN - like.length), ...like].toSorted((a, b) => b.points - a.points);
}
