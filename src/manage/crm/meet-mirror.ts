import { subDays } from 'date-fns';
import type { z } from 'zod';
import type { Said } from '../conflicts/account.ts';
import { type Found, findAccounts } from '../conflicts/find-account.ts';
import { knownCompanies } from '../conflicts/known-companies.ts';
import { storedRecords } from '../conflicts/stored-records.ts';
import { AccountModel, OpportunityModel } from './crm-models.ts';
import { CrmAccount, CrmOpportunity } from './crm-record.ts';

/** What a registration meets in the CRM: our own sales, a customer, or an account that is kept for the direct team. */
export type Mirrored = { id: string; said: Said; kind: 'opportunity' | 'account'; role: 'opportunity' | 'customer' | 'named' };

/** All that is read of them: many are looked at. */
const place = { id: true, aliases: true, domains: true, country: true, city: true } as const;
const MetOpportunity = CrmOpportunity.pick({ ...place, accountName: true, state: true });
const MetAccount = CrmAccount.pick({ ...place, name: true, isCustomer: true });

/** Sales that somebody worked on so lately count as open. Source: domain rules, conflict with the direct pipeline. */
const ACTIVE_DAYS = 90;

/** The accounts of the CRM that may be the one that is meant, and what sells to it now, the likeliest first. Opportunities that we pushed there are our
 *  partners' deals and are met as such. */
export async function findMirrored(workspaceId: string, said: Said, at: Date): Promise<Found<Mirrored>[]> {
  const active = [{ state: 'open' }, { lastActivityAt: { $gte: subDays(at, ACTIVE_DAYS) } }].map((one) => ({
    partnerDealId: null,
    ...one,
  }));
  const sales = {
    workspaceId,
    fields: Object.keys(MetOpportunity.shape),
    // What was won is a customer, whoever brought it.
    filter: { deletedAt: null, $or: [...active, { state: 'won' }] },
  };
  const kept = {
    workspaceId,
    fields: Object.keys(MetAccount.shape),
    filter: { deletedAt: null, $or: [{ isCustomer: true }, { isNamed: true }] },
  };
  const sources = [storedRecords(OpportunityModel, sales, opportunityMet), storedRecords(AccountModel, kept, accountMet)];
  return findAccounts(said, sources, knownCompanies(workspaceId));
}

function opportunityMet(stored: Record<string, unknown>): Mirrored {
  const met = MetOpportunity.parse({ ...stored, id: stored._id });
  return { id: met.id, said: saidOfSale(met), kind: 'opportunity', role: met.state === 'won' ? 'customer' : 'opportunity' };
}

/** The account that an opportunity is on. */
export function saidOfSale({ accountName, aliases, domains, country, city }: Omit<z.infer<typeof MetOpportunity>, 'id' | 'state'>): Said {
  return { names: [accountName, ...aliases], sites: domains, country, city };
}

/** Whether `findMirrored` counts it as a sale of ours that is under way. */
export function isActiveSale({ state, lastActivityAt, deletedAt, partnerDealId }: CrmOpportunity, at: Date): boolean {
  const isActive = state === 'open' || (lastActivityAt !== null && lastActivityAt >= subDays(at, ACTIVE_DAYS));
  return isActive && deletedAt === null && partnerDealId === null;
}

function accountMet(stored: Record<string, unknown>): Mirrored {
  const { id, name, aliases, domains, country, city, isCustomer } = MetAccount.parse({ ...stored, id: stored._id });
  const role = isCustomer ? 'customer' : 'named';
  return { id, said: { names: [name, ...aliases], sites: domains, country, city }, kind: 'account', role };
}
