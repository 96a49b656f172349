import { randomUUID } from 'node:crypto';
import { decideCompany } from '../../discover/digest/decide-company.ts';
import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { type Company, isOptOut, NOTHING_KNOWN } from '../../programme/companies/company.ts';
import { forgetNames } from '../../programme/companies/company-names.ts';
import { getCompany, idsByDomain, listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { domainOf, isFreeMail } from '../../programme/companies/domain-name.ts';
import { saveImported } from '../../programme/companies/save-imported.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { startChecklist } from '../checklists/follow-partner.ts';
import type { ContactRole, Partner } from './partner.ts';
import { insertPartner } from './partner-repository.ts';

/** What a form, an import or a card says of a new partner. `domains` as typed, the main one first. */
export type PartnerGiven = {
  name: string;
  domains: readonly string[];
  types: readonly PartnerType[];
  owner: string;
  countries?: readonly string[];
  tier?: string;
  people?: readonly { name: string; email: string; role: ContactRole }[];
};

/** Makes a company a partner: the record, and on its companies the decision that keeps them out of every list. Two who do it at once make one
 *  record; the second is told who has it. Refuses `role-needed`, `domain-needed` and `partner-exists`. Writes nothing to anybody outside. */
export async function addPartner(actor: Actor, given: PartnerGiven, at: Date): Promise<Partner> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action: 'partner.add', subject: 'partner:new', at });
  const domains = partnerDomains(given.domains);
  await authoriseSilent(actor, domains, at);
  const companyId = await companyOf(workspaceId, domains[0], given.name, at);
  const partner = await insertPartner(
    {
      workspaceId,
      name: given.name,
      domains,
      aliases: [],
      types: [...given.types],
      tier: given.tier ?? '',
      status: 'invited',
      statusAt: at,
      countries: [...(given.countries ?? [])],
      owner: given.owner,
      people: (given.people ?? []).map((person) => ({ ...person, id: randomUUID(), slack: null, leftAt: null })),
      teamIds: [],
      channel: null,
      companyId,
      notes: [],
      firstRegistrationAt: null,
      endedBecause: '',
      createdBy: userId,
      createdAt: at,
    },
    (id) => auditEntry({ workspaceId, by: userId, at, action: 'partner.add', subject: `partner:${id}`, after: given }),
  );
  await startChecklist(partner, at);
  await keepOutOfLists(actor, partner, at);
  return partner;
}

/** Registrable domains, each once, the first first. Refuses `domain-needed` for none, for what is none, and where anybody can have a mailbox. */
export function partnerDomains(given: readonly string[]): [string, ...string[]] {
  const domains = given.map((one) => {
    const domain = domainOf(one);
    if (!domain || isFreeMail(domain)) throw new Refusal('domain-needed', { given: one });
    return domain;
  });
  const [main, ...more] = new Set(domains);
  if (!main) throw new Refusal('domain-needed', { given: '' });
  return [main, ...more];
}

/** A company that asked not to be contacted becomes a partner on an admin's word alone. */
export async function authoriseSilent(actor: Actor, domains: readonly string[], at: Date): Promise<void> {
  const ids = await idsByDomain(actor.workspaceId, domains);
  const companies = await listCompaniesByIds(actor.workspaceId, [...ids.values()]);
  const silent = companies.find(({ decision }) => isOptOut(decision));
  if (silent) await authorise(actor, 'admin', { action: 'partner.add', subject: `company:${silent.id}`, at });
}

/** Marks the companies of all their domains as a partner's, those that nobody had on file too, so that no import brings them back into a list;
 *  returns them. One that asked not to be contacted stays as it is: out of every list, and silent. Safe to repeat. */
export async function keepOutOfLists(
  actor: Actor,
  partner: Pick<Partner, 'workspaceId' | 'domains' | 'name'>,
  at: Date,
): Promise<Company[]> {
  const { workspaceId, domains, name } = partner;
  const companies: Company[] = [];
  for (const domain of domains) {
    const id = await companyOf(workspaceId, domain, name, at);
    // Others may decide on the same company at the same moment.
    const kept = await inRounds('keeping a company out of the lists', async () => {
      const found = await getCompany(workspaceId, id);
      const company = isKeptOut(found) ? found : (await decideCompany(actor, id, { kind: 'partner' }, at)).company;
      return isKeptOut(company) ? { done: company } : null;
    });
    companies.push(kept);
  }
  return companies;
}

function isKeptOut({ decision }: Company): boolean {
  return decision?.kind === 'partner' || isOptOut(decision);
}

/** The id of the domain's company; one that nobody had on file is stored with its name. */
export async function companyOf(workspaceId: string, domain: string, name: string, at: Date): Promise<string> {
  const known = (await idsByDomain(workspaceId, [domain])).get(domain);
  if (known) return known;
  const origin = { source: 'partner record', at };
  await saveImported(workspaceId, [{ domain, facts: { ...NOTHING_KNOWN, name, website: domain }, origin, origins: {} }], at);
  forgetNames(workspaceId);
  const id = (await idsByDomain(workspaceId, [domain])).get(domain);
  if (!id) throw new Error('a company was deleted as soon as it was stored');
  return id;
}
