import { listErased } from '../../programme/privacy/erase-whom.ts';
import type { WhomKey } from '../../programme/privacy/whom.ts';
import { keysOfAddress } from '../../programme/suppression/suppression.ts';
import type { CrmObject, CrmSource, FoundRecord } from './crm-record.ts';
import { listErasedAccounts } from './mirror-repository.ts';

/** What says of a record whom it is about. */
type Named = { email?: string; domains?: readonly string[]; accountId?: string | null };

/** Without the people and companies who were deleted on request and are silent: the CRM has them still, and gives them again. An opportunity goes with its
 *  account. Silence alone leaves nobody out, for who wants no mail may well be a customer. */
export async function withoutErased<O extends CrmObject>(
  { workspaceId, source }: { workspaceId: string; source: CrmSource },
  object: O,
  records: readonly FoundRecord[O][],
): Promise<FoundRecord[O][]> {
  const named = records.map((record) => ({ record, about: record as Named })); // each kind has some of these
  const keys = named.map(({ about }) => keysOf(about));
  const accountIds = object === 'opportunities' ? [...new Set(named.flatMap(({ about }) => about.accountId ?? []))] : [];
  const [erased, accounts] = await Promise.all([listErased(workspaceId, keys.flat()), listErasedAccounts(workspaceId, source, accountIds)]);
  const gone = new Set(erased.map(({ kind, value }) => `${kind}:${value}`));
  const isGone = (about: Named, place: number) =>
    accounts.has(about.accountId ?? '') || keys[place]?.some(({ kind, value }) => gone.has(`${kind}:${value}`));
  return named.flatMap(({ record, about }, place) => (isGone(about, place) ? [] : [record]));
}

function keysOf({ email, domains = [] }: Named): WhomKey[] {
  const ofAddress = email?.includes('@') ? keysOfAddress(email) : [];
  const people = ofAddress.flatMap(({ kind, value }): WhomKey[] => (kind === 'domain' ? [] : [{ kind, value }]));
  return [...people, ...domains.map((domain): WhomKey => ({ kind: 'company', value: domain.toLowerCase() }))];
}
