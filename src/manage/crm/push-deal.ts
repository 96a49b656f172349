import { createHash } from 'node:crypto';
import { amountText, type Money } from '../../platform/money.ts';
import { matchKeys } from '../conflicts/match-keys.ts';
import { type CrmAdapter, CrmTrouble } from './crm-adapter.ts';
import { PUSHED_FIELDS, type Push, type PushedField, type PushedFields } from './crm-push.ts';
import { listAccountsByKeys, noteDeal } from './mirror-repository.ts';
import { findPush, savePush } from './push-repository.ts';

/** An approved deal, as the CRM is to know it. Days as `2027-03-31`. */
export type DealToPush = {
  dealId: string;
  partnerName: string;
  company: string;
  /** The customer's registrable domain; null while nobody knows it. */
  domain: string | null;
  value: Money | null;
  closeOn: string | null;
  protectedUntil: Date | null;
};

/** Writes an approved deal into the CRM, once for each state of it: the same again calls nothing, and what the mirror reads back of it is no change. A
 *  field that somebody changed in the CRM since we wrote it is left as it is and kept as a conflict. What the CRM does not take is kept as a problem.
 *  Throws `CrmTrouble` where trying again later helps. */
export async function pushDeal(
  workspaceId: string,
  deal: DealToPush,
  adapter: CrmAdapter,
  at: Date,
): Promise<{ push: Push; changed: boolean }> {
  const { dealId } = deal;
  const { source } = adapter;
  const wanted = fieldsOf(deal);
  const hash = hashOf(wanted);
  const before = await findPush(workspaceId, dealId);
  const known = before?.source === source ? before : null;
  if (known?.hash === hash && !known.problem) return { push: known, changed: false };
  const blank = { dealId, source, opportunityId: null, written: {}, conflicts: [], hash: '' };
  const base = { ...blank, ...known, problem: null, at };
  const keepProblem = (code: 'gone' | 'refused' | 'fields', fields: readonly string[]) =>
    savePush(workspaceId, { ...base, hash: known?.hash ?? '', problem: { code, fields: [...fields] } });
  try {
    const outcome = known?.opportunityId
      ? await writeAgain(known, known.opportunityId, wanted, adapter)
      : await writeFirst(workspaceId, deal, wanted, adapter);
    if (!outcome) await keepProblem('gone', []);
    else {
      await savePush(workspaceId, { ...base, ...outcome, hash });
      await noteDeal(workspaceId, source, outcome.opportunityId, dealId);
    }
  } catch (error) {
    if (!(error instanceof CrmTrouble) || error.kind === 'busy' || error.kind === 'down') throw error;
    await keepProblem(error.kind, error.fields);
  }
  const push = await findPush(workspaceId, dealId);
  if (!push) throw new Error('a push was saved and is not there');
  return { push, changed: true };
}

async function writeFirst(workspaceId: string, { dealId, domain }: DealToPush, wanted: PushedFields, adapter: CrmAdapter) {
  const keys = matchKeys({ names: [], domains: domain ? [domain] : [] });
  const accounts = domain ? await listAccountsByKeys(workspaceId, keys, 50) : [];
  const account = accounts.find(({ source, domains }) => source === adapter.source && domains.includes(domain ?? ''));
  const { opportunityId } = await adapter.pushDeal(dealId, wanted, account?.sourceId ?? null);
  return { opportunityId, written: wanted, conflicts: [] };
}

/** Of each field that we would change, theirs stands where it is neither what we wrote last nor what we want now; of a sum and its currency, both. Null
 *  when the opportunity is gone. */
async function writeAgain({ dealId, written }: Push, opportunityId: string, wanted: PushedFields, adapter: CrmAdapter) {
  const theirs = await adapter.readPushed(opportunityId);
  if (!theirs) return null;
  const isTheirs = (field: PushedField) => ![written[field] ?? '', wanted[field] ?? ''].includes(theirs[field] ?? '');
  const isSum = (field: PushedField) => field === 'amount' || field === 'currency';
  const isHeld = (field: PushedField) => isTheirs(field) || (isSum(field) && (isTheirs('amount') || isTheirs('currency')));
  const changes = PUSHED_FIELDS.filter((field) => wanted[field] !== written[field]);
  const free = changes.filter((field) => !isHeld(field));
  // A sum says nothing without its currency.
  const sent = PUSHED_FIELDS.filter((field) => free.includes(field) || (field === 'currency' && free.includes('amount')));
  const fields = Object.fromEntries(sent.map((field) => [field, wanted[field] ?? '']));
  if (sent.length > 0) await adapter.pushDeal(dealId, fields, null);
  const conflicts = changes
    .filter(isHeld)
    .map((field) => ({ field, ours: wanted[field] ?? '', theirs: (theirs[field] ?? '').slice(0, 300) }));
  return { opportunityId, written: { ...written, ...fields }, conflicts };
}

/** Longest name of a deal that both CRMs take (Salesforce: 120 characters). */
const LONGEST_NAME = 120;

function fieldsOf({ dealId, partnerName, company, value, closeOn, protectedUntil }: DealToPush): PushedFields {
  return {
    name: `${company} (${partnerName})`.slice(0, LONGEST_NAME),
    ...(value ? { amount: amountText(value), currency: value.currency } : {}),
    ...(closeOn ? { closeOn } : {}),
    partnerName,
    dealId,
    protectedUntil: protectedUntil?.toISOString().slice(0, 10) ?? '',
  };
}

function hashOf(fields: PushedFields): string {
  return createHash('sha256')
    .update(JSON.stringify(PUSHED_FIELDS.map((field) => fields[field] ?? null)))
    .digest('hex');
}
