import { matchKeys } from '../conflicts/match-keys.ts';
import type { CrmAccount, CrmObject, CrmOpportunity, CrmSource, FoundAccount, FoundRecord, MirrorDocument } from './crm-record.ts';
import { eachOpportunityOf, listAccounts, saveAccountFacts } from './mirror-repository.ts';
import { dealsOfOpportunities } from './push-repository.ts';

type Whose = { workspaceId: string; source: CrmSource };

/** What the mirror stores of records as they were found: with the keys that conflicts are looked up by, an opportunity with the names and domains of its
 *  account and with our deal where it is one. `at`: when they were read. */
export async function completeFound<O extends CrmObject>(
  whose: Whose,
  object: O,
  found: readonly FoundRecord[O][],
  at: Date,
): Promise<MirrorDocument[]> {
  if (object === 'owners') return [...found];
  if (object === 'accounts')
    return (found as readonly FoundAccount[]).map((account) => ({ ...account, keys: keysOf(account.name, account) }));
  const opportunities = found as readonly FoundRecord['opportunities'][]; // as `object` says
  const { workspaceId, source } = whose;
  const ids = [...new Set(opportunities.flatMap(({ accountId }) => accountId ?? []))];
  const [accounts, deals] = await Promise.all([
    listAccounts(workspaceId, source, ids),
    dealsOfOpportunities(
      workspaceId,
      source,
      opportunities.map(({ sourceId }) => sourceId),
    ),
  ]);
  const byId = new Map(accounts.map((account) => [account.sourceId, account]));
  return opportunities.map((opportunity) => {
    const account = byId.get(opportunity.accountId ?? '');
    const facts = account ? factsOf(account) : { ...opportunity, keys: keysOf(opportunity.accountName, opportunity) };
    return { ...opportunity, ...facts, partnerDealId: deals.get(opportunity.sourceId) ?? null, meetDue: at, measureDue: at };
  });
}

/** Lets the opportunities of these accounts follow what is on file of them. Said of every account that was read, changed or not: a process that died
 *  after the account and before its opportunities is made good by the next. `at`: when they were read. */
export async function followAccounts({ workspaceId, source }: Whose, accountIds: readonly string[], at: Date): Promise<void> {
  const accounts = new Map((await listAccounts(workspaceId, source, accountIds)).map((account) => [account.sourceId, account]));
  let behind: Parameters<typeof saveAccountFacts>[1][number][] = [];
  for await (const opportunity of eachOpportunityOf(workspaceId, source, [...accounts.keys()])) {
    const account = accounts.get(opportunity.accountId ?? '');
    if (!account || !isBehind(opportunity, account)) continue;
    behind.push({ id: opportunity.id, ...factsOf(account), meetDue: at, measureDue: at });
    if (behind.length < 100) continue;
    await saveAccountFacts(workspaceId, behind);
    behind = [];
  }
  await saveAccountFacts(workspaceId, behind);
}

/** Two accounts became one: what belonged to the one that is gone belongs to the other. */
export async function moveOpportunities({ workspaceId, source }: Whose, from: string, into: string): Promise<void> {
  const moved = [];
  for await (const { id } of eachOpportunityOf(workspaceId, source, [from])) moved.push({ id, accountId: into });
  await saveAccountFacts(workspaceId, moved);
}

function factsOf({ name, aliases, domains, country, city, keys }: CrmAccount) {
  return { accountName: name, aliases, domains, country, city, keys };
}

function isBehind(opportunity: CrmOpportunity, account: CrmAccount): boolean {
  return Object.entries(factsOf(account)).some(
    ([field, value]) => JSON.stringify(opportunity[field as keyof ReturnType<typeof factsOf>]) !== JSON.stringify(value), // its own keys
  );
}

function keysOf(name: string, { aliases, domains }: { aliases: readonly string[]; domains: readonly string[] }): string[] {
  return matchKeys({ names: [name, ...aliases].filter(Boolean), domains });
}
