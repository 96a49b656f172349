import { Refusal } from '../../errors.ts';
import type { Company, CompanyDecision } from '../../programme/companies/company.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import type { Fit } from '../fit/fit.ts';
import { getFitProfile } from '../fit/fit-profile.ts';
import { type Gate, gateOf } from '../fit/gates.ts';
import type { Hold } from '../fit/holds.ts';
import { isJudgeable } from '../fit/score-company.ts';
import type { Digest } from './digest.ts';
import { findDigestOf, findLatestDigest, getDigest } from './digest-repository.ts';
import { placesAmongOthers } from './rank-candidates.ts';

/** What keeps a company from being suggested, whatever its points. `shown`: on that local day. */
export type Hindrance =
  | { kind: 'decided'; decision: CompanyDecision }
  | { kind: 'shown'; day: string }
  | { kind: 'little-known'; known: number }
  | { kind: 'held'; hold: Hold };

/** A company as it stands among the others now; `place` 1 is the first of `candidates`. */
export type Position = { name: string; place: number; fit: Fit & { holds?: Hold[] } };

/** Why a company is not among the suggestions: a gate, or where it stands, with the last company that made it into `day`'s digest, as
 *  that one stands now. `last` is null when there was no digest yet, or it is this company, or is on file no more. */
export type WhyNot =
  | { gate: Gate; company: Company }
  | {
      gate: null;
      company: Company;
      position: Position;
      candidates: number;
      hindrances: Hindrance[];
      last: (Position & { day: string }) | null;
    };

/** `digestId`: the digest that is asked about, else the latest. Refuses `setup-incomplete`. */
export async function whyNot(company: Company, digestId: string | null, at: Date): Promise<WhyNot> {
  const { workspaceId, id } = company;
  const profile = await getFitProfile(workspaceId);
  if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
  const gate = gateOf(profile, company);
  if (gate) return { gate, company };

  const [digest, shown] = await Promise.all([
    digestId ? getDigest(workspaceId, digestId) : findLatestDigest(workspaceId),
    findDigestOf(workspaceId, id),
  ]);
  const lastOne = await lastOf(digest, id);
  const { candidates, standing } = await placesAmongOthers(workspaceId, lastOne ? [company, lastOne] : [company], at);
  const own = standing.get(id);
  if (!own) throw new Refusal('company-unknown');
  const position = { name: company.name, ...own };
  const lastStands = lastOne && standing.get(lastOne.id);
  const last = lastStands && digest ? { name: lastOne.name, ...lastStands, day: digest.day } : null;
  return { gate: null, company, position, candidates, hindrances: hindrancesOf(company, shown, position, at), last };
}

/** The last company of the digest that is still on file, unless it is the one asked about. */
async function lastOf(digest: Digest | null, id: string): Promise<Company | null> {
  if (!digest) return null;
  const companies = await listCompaniesByIds(
    digest.workspaceId,
    digest.items.map(({ companyId }) => companyId),
  );
  const last = companies.at(-1);
  return last && last.id !== id ? last : null;
}

function hindrancesOf({ decision }: Company, shown: Digest | null, { fit }: Position, at: Date): Hindrance[] {
  const isBack = decision?.kind === 'later' && decision.until <= at;
  const hindrances: Hindrance[] = [];
  if (decision && !isBack) hindrances.push({ kind: 'decided', decision });
  // Put off and shown before that day: it may come once more.
  else if (shown && !(isBack && shown.createdAt < decision.until)) hindrances.push({ kind: 'shown', day: shown.day });
  if (!isJudgeable(fit)) hindrances.push({ kind: 'little-known', known: fit.known });
  for (const hold of fit.holds ?? []) hindrances.push({ kind: 'held', hold });
  return hindrances;
}
