import { addDays } from 'date-fns';
import { fitProfile } from '../../discover/fit/fit-profile.ts';
import { gateOf } from '../../discover/fit/gates.ts';
import { isGone } from '../../discover/fit/holds.ts';
import { listKeptOut } from '../../discover/reviews/review-repository.ts';
import { Refusal } from '../../errors.ts';
import type { Company } from '../../programme/companies/company.ts';
import { findCompanyByDomain, getCompany, listPartners } from '../../programme/companies/company-repository.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import type { Programme } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { keysOfAddress } from '../../programme/suppression/suppression.ts';
import { findSuppression, listGatedHashes } from '../../programme/suppression/suppression-repository.ts';
import { judgeContact } from '../policy/judge-contact.ts';
import { codedPart, DRAFT_DAYS, type Draft } from './draft.ts';
import { evidenceChanged, hasLostPointer } from './draft-grounds.ts';
import type { Lapse } from './draft-note.ts';

/** Refuses what a person cannot approve: `header-coded` for a name or a subject that would be read otherwise, `country-blocked` by the law of the
 *  recipient's country, what `demandAddressAllowed` and `demandCompanyAllowed` refuse of the person and the company, and `draft-lapsed` for a text
 *  that is older than 14 days, whose facts have changed or whose reply was deleted. The send path asks all of it again. */
export async function demandApprovable(draft: Draft, at: Date): Promise<void> {
  const { workspaceId, companyId, contact } = draft;
  const coded = codedPart(draft);
  if (coded) throw new Refusal('header-coded', { part: coded });
  const verdict = judgeContact(contact);
  if (!verdict.allowed) throw new Refusal('country-blocked', { ...verdict.block, country: contact.country ?? '' });
  const [company, programme] = await Promise.all([getCompany(workspaceId, companyId), getProgramme(workspaceId)]);
  // The person first: what they asked for themselves is the truer word.
  await demandAddressAllowed(programme, contact.email);
  await demandCompanyAllowed(programme, company);
  const lapse = await lapsedBecause(draft, at);
  if (lapse) throw new Refusal('draft-lapsed', lapse);
}

/** Why a text no longer holds; null while it does. */
export async function lapsedBecause(draft: Draft, at: Date): Promise<Lapse | null> {
  if (at >= addDays(draft.writtenAt, DRAFT_DAYS)) return { because: 'age', days: DRAFT_DAYS };
  if (await hasLostPointer(draft)) return { because: 'pointer' };
  const claim = evidenceChanged(draft, await getCompany(draft.workspaceId, draft.companyId));
  return claim ? { because: 'facts', claim } : null;
}

type Known = Pick<Company, 'name' | 'domain' | 'website' | 'aliases' | 'status' | 'decision'>;

/** Refuses `company-gated` for competitors, customers, partners and suppressed companies, `company-closed` for one that is closed or was bought,
 *  and `company-decided` for one a person turned down: none is ever written to, whatever was approved before. */
export async function demandCompanyAllowed(programme: Programme, company: Known): Promise<void> {
  const { workspaceId } = programme;
  const [suppressed, partners, keptOut] = await Promise.all([
    listGatedHashes(workspaceId),
    listPartners(workspaceId),
    listKeptOut(workspaceId),
  ]);
  const profile = fitProfile(programme, suppressed, partners, keptOut);
  const gate = profile && gateOf(profile, company);
  if (gate) throw new Refusal('company-gated', { company: company.name, ...gate });
  if (isGone(company)) throw new Refusal('company-closed', { company: company.name });
  if (company.decision?.kind === 'not-fit') throw new Refusal('company-decided', { company: company.name });
}

/** Refuses `address-suppressed` when the person, their domain or their company asked for silence or does not exist, and `address-closed`
 *  when they are at a company that is left out or turned down, on file or not: a draft may name anybody, so a closed company must be
 *  closed by this way too. */
export async function demandAddressAllowed(programme: Programme, email: string): Promise<void> {
  await demandUnsuppressed(programme.workspaceId, email);
  const company = await companyOfAddress(programme, email);
  try {
    if (company) await demandCompanyAllowed(programme, company);
  } catch (cause) {
    if (cause instanceof Refusal) throw new Refusal('address-closed', { email }, { cause });
    throw cause;
  }
}

async function demandUnsuppressed(workspaceId: string, email: string): Promise<void> {
  const suppression = await findSuppression(workspaceId, keysOfAddress(email));
  if (!suppression) return;
  const { reason, kind, at } = suppression;
  throw new Refusal('address-suppressed', { email, reason, kind, day: at.toISOString().slice(0, 10) });
}

/** The company an address belongs to, by its domain; null for our own. */
async function companyOfAddress(programme: Programme, email: string): Promise<Known | null> {
  const found = registrableDomain(email.slice(email.lastIndexOf('@') + 1));
  if (!('domain' in found) || found.domain === programme.company?.website) return null;
  const { domain } = found;
  const onFile = await findCompanyByDomain(programme.workspaceId, domain);
  return onFile ?? { name: domain, domain, website: '', aliases: [], status: null, decision: null };
}
