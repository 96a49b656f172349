import { applyPage } from '../../src/manage/crm/apply-page.ts';
import type { CrmPage } from '../../src/manage/crm/crm-adapter.ts';
import type { CrmObject, FoundAccount, FoundOpportunity, FoundOwner } from '../../src/manage/crm/crm-record.ts';
import { AT, HOME } from './builders.ts';

export const WHOSE = { workspaceId: HOME, source: 'hubspot' } as const;

export const foundOwner = (given: Partial<FoundOwner> = {}): FoundOwner => ({
  sourceId: 'o1',
  name: 'Sol Berg',
  email: 'sol@larkspur.example',
  changedAt: AT,
  ...given,
});

export const foundAccount = (given: Partial<FoundAccount> = {}): FoundAccount => ({
  ...{ sourceId: 'a1', name: 'Saltmarsh Clinics', domains: ['saltmarsh.example'], aliases: [], country: 'GB', city: 'Leeds' },
  ...{ isCustomer: false, isNamed: false, ownerId: 'o1', lastActivityAt: null, changedAt: AT },
  ...given,
});

export const foundOpportunity = (given: Partial<FoundOpportunity> = {}): FoundOpportunity => ({
  ...{ sourceId: 'd1', accountId: 'a1', accountName: '', aliases: [], domains: [], country: null, city: null, name: 'Saltmarsh, 40 seats' },
  ...{ stage: 'Proposal', state: 'open', value: { minor: 880_000, currency: 'EUR' }, ownerId: 'o1', createdAt: AT, lastActivityAt: null },
  ...{ closeOn: '2026-12-30', closedAt: null, changedAt: AT },
  ...given,
});

/** One page of a CRM, taken over into the mirror. */
export function take<O extends CrmObject>(object: O, page: Partial<CrmPage<O>>, { dry = false, at = AT, whose = WHOSE } = {}) {
  return applyPage(whose, object, { records: [], deleted: [], merged: [], ...page }, { at, dry });
}
