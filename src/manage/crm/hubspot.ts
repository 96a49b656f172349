import { z } from 'zod';
import { amountText, readMoney } from '../../platform/money.ts';
import { parseJson } from '../../platform/parse-json.ts';
import { type CallCrm, CrmGone, createCallCrm, readAnswer, readEach } from './call-crm.ts';
import { type CrmAdapter, type CrmPage, CrmTrouble } from './crm-adapter.ts';
import type { PushedFields } from './crm-push.ts';
import {
  type CrmObject,
  crmCountry,
  crmDate,
  crmDay,
  crmDomains,
  crmText,
  FoundAccount,
  FoundOpportunity,
  FoundOwner,
  type FoundRecord,
} from './crm-record.ts';

/** The most that one search gives, and one list. Source: developers.hubspot.com/docs/api/crm/search. */
const SEARCHED = 200;
const LISTED = 100;

const Text = z.string().nullish();
const Thing = z.object({
  id: z.string(),
  properties: z.record(z.string(), Text).default({}),
  updatedAt: z.string().default(''),
  archivedAt: z.string().optional(),
});
type Thing = z.infer<typeof Thing>;
const Things = z.object({ results: z.array(Thing), paging: z.object({ next: z.object({ after: z.string() }).optional() }).nullish() });
const Owner = z.object({
  id: z.string(),
  email: Text,
  firstName: Text,
  lastName: Text,
  updatedAt: z.string(),
  archived: z.boolean().default(false),
});
const Owners = Things.extend({ results: z.array(Owner) });
const Companies = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: z.coerce.string() }),
      to: z.array(z.object({ toObjectId: z.coerce.string(), associationTypes: z.array(z.object({ typeId: z.number() })).default([]) })),
    }),
  ),
});
/** “Deal to primary company”; source: developers.hubspot.com/docs/api/crm/associations. */
const PRIMARY_COMPANY = 5;
const Stage = z.object({
  id: z.string(),
  label: z.string(),
  displayOrder: z.number().default(0),
  metadata: z.object({ isClosed: z.coerce.string().optional() }).default({}),
});
const Pipelines = z.object({ results: z.array(z.object({ id: z.string(), displayOrder: z.number().default(0), stages: z.array(Stage) })) });
type Pipeline = z.infer<typeof Pipelines>['results'][number];

const PROPERTIES = {
  companies:
    'name domain hs_additional_domains website country hs_country_code city lifecyclestage hs_is_target_account hubspot_owner_id notes_last_updated hs_lastmodifieddate hs_merged_object_ids',
  deals:
    'dealname dealstage pipeline amount deal_currency_code hubspot_owner_id createdate closedate notes_last_updated hs_is_closed hs_is_closed_won hs_lastmodifieddate hs_merged_object_ids',
} as const;
type HubspotObject = keyof typeof PROPERTIES;

/** Ours in HubSpot; `partner_deal_id` holds unique values, so that a deal that is pushed twice is one. README: “CRM”. */
export const HUBSPOT_FIELDS = {
  name: 'dealname',
  amount: 'amount',
  currency: 'deal_currency_code',
  closeOn: 'closedate',
  partnerName: 'partner_name',
  dealId: 'partner_deal_id',
  protectedUntil: 'partner_protected_until',
} as const;

type Options = { token: string; apiUrl: string };

/** HubSpot by its REST API with the token of a private app. What changed is found by search (`hs_lastmodifieddate`), from one id to the next: a search gives
 *  10,000 records at most, and pages by number would shift while records change. What is deleted is listed as archived. Sources:
 *  developers.hubspot.com/docs/api/crm/search (limits, paging), …/crm/deals (archived, required properties), …/crm/associations (companies of deals). */
export function createHubspot({ token, apiUrl }: Options): CrmAdapter {
  // A private app's token does not expire: there is no other one to ask for.
  const call = createCallCrm({ baseUrl: () => apiUrl, token: async (fresh) => (fresh ? null : token), explain });
  const facts = createFacts(call);
  const readPage = async <O extends CrmObject>(object: O, { since, cursor }: { since: Date | null; cursor: string | null }) => {
    const at = Cursor.parse(cursor === null ? { phase: 'live', after: '' } : parseJson(cursor));
    const page = object === 'owners' ? await ownersPage(call, at) : await recordsPage(object, at, since);
    return page as unknown as CrmPage<O>; // `object` decided which records these are
  };
  const recordsPage = async (object: 'accounts' | 'opportunities', at: Cursor, since: Date | null) => {
    const kind = object === 'accounts' ? 'companies' : 'deals';
    if (at.phase === 'gone') return gonePage(call, kind, at);
    const { results, paging } = await search(call, kind, since, at.after);
    const read = object === 'accounts' ? accountOf : await facts.dealReader(results, at.after === '');
    const last = results.at(-1)?.id;
    const live = paging?.next && last ? cursorOf('live', last) : null;
    return {
      ...readEach<Thing, FoundRecord['accounts' | 'opportunities']>(results, read),
      deleted: [],
      merged: results.flatMap(mergesOf),
      // On the first reading nothing is on file that could be gone.
      next: live ?? (since ? cursorOf('gone', '') : null),
    };
  };
  return {
    source: 'hubspot',
    readPage,
    readPushed: (id) => readPushed(call, facts, id),
    pushDeal: (...push) => pushDeal(call, facts, push),
  };
}

const Cursor = z.object({ phase: z.enum(['live', 'gone']), after: z.string() });
type Cursor = z.infer<typeof Cursor>;

function cursorOf(phase: Cursor['phase'], after: string): string {
  return JSON.stringify({ phase, after });
}

async function search(call: CallCrm, kind: HubspotObject, since: Date | null, after: string) {
  const filters = [
    ...(since ? [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(since.getTime()) }] : []),
    ...(after ? [{ propertyName: 'hs_object_id', operator: 'GT', value: after }] : []),
  ];
  const body = {
    filterGroups: filters.length > 0 ? [{ filters }] : [],
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
    properties: PROPERTIES[kind].split(' '),
    limit: SEARCHED,
  };
  return readAnswer(Things, await call({ method: 'POST', path: `/crm/v3/objects/${kind}/search`, body }));
}

async function gonePage(call: CallCrm, kind: HubspotObject, { after }: Cursor) {
  const { results, paging } = readAnswer(
    Things,
    await call({ path: `/crm/v3/objects/${kind}?archived=true&limit=${LISTED}${afterIn(after)}` }),
  );
  const deleted = results.flatMap(({ id, archivedAt, updatedAt }) => {
    const at = crmDate(archivedAt ?? updatedAt);
    return at ? [{ sourceId: id, at }] : [];
  });
  return { records: [], deleted, merged: [], unread: [], next: paging?.next ? cursorOf('gone', paging.next.after) : null };
}

/** They are few and have no search: all of them each time, then those who have left. */
async function ownersPage(call: CallCrm, { phase, after }: Cursor) {
  const path = `/crm/v3/owners?limit=${LISTED}&archived=${phase === 'gone'}${afterIn(after)}`;
  const { results, paging } = readAnswer(Owners, await call({ path }));
  const next = paging?.next ? cursorOf(phase, paging.next.after) : phase === 'live' ? cursorOf('gone', '') : null;
  if (phase === 'gone') {
    const deleted = results.map(({ id, updatedAt }) => ({ sourceId: id, at: crmDate(updatedAt) ?? new Date(0) }));
    return { records: [], deleted, merged: [], unread: [], next };
  }
  const read = ({ id, email, firstName, lastName, updatedAt }: z.infer<typeof Owner>) => {
    const name = crmText([firstName, lastName].filter(Boolean).join(' ') || email);
    return FoundOwner.parse({ sourceId: id, name, email: crmText(email), changedAt: crmDate(updatedAt) });
  };
  return { ...readEach(results, read), deleted: [], merged: [], next };
}

function afterIn(after: string): string {
  return after ? `&after=${encodeURIComponent(after)}` : '';
}

/** Whoever was merged into a record stands in it. */
function mergesOf({ id, properties, updatedAt }: Thing) {
  const at = crmDate(properties.hs_lastmodifieddate ?? updatedAt);
  const from = (properties.hs_merged_object_ids ?? '').split(';').filter((one) => /^\d+$/.test(one) && one !== id);
  return at ? from.map((one) => ({ from: one, into: id, at })) : [];
}

function accountOf({ id, properties: it, updatedAt }: Thing): FoundAccount {
  const domains = crmDomains(it.domain, it.hs_additional_domains, it.website);
  return FoundAccount.parse({
    ...{ sourceId: id, name: crmText(it.name) || domains[0] || '', domains, aliases: [], city: crmText(it.city) || null },
    ...{ country: crmCountry(it.hs_country_code, it.country), ownerId: it.hubspot_owner_id || null },
    isCustomer: it.lifecyclestage === 'customer',
    isNamed: it.hs_is_target_account === 'true',
    lastActivityAt: crmDate(it.notes_last_updated),
    changedAt: crmDate(it.hs_lastmodifieddate ?? updatedAt),
  });
}

type Facts = ReturnType<typeof createFacts>;

/** What is asked once and kept: the names of stages, and the currency of sums that name none. */
function createFacts(call: CallCrm) {
  let pipelines: Pipeline[] | null = null;
  let currency: string | null = null;

  const getPipelines = async (anew = false) => {
    if (anew || !pipelines) pipelines = readAnswer(Pipelines, await call({ path: '/crm/v3/pipelines/deals' })).results;
    return pipelines;
  };
  const getCurrency = async () => {
    if (currency !== null) return currency;
    const details = z.object({ companyCurrency: z.string() }).safeParse(await call({ path: '/account-info/v3/details' }));
    currency = details.success ? details.data.companyCurrency : '';
    return currency;
  };

  async function dealReader(deals: readonly Thing[], anew: boolean): Promise<(deal: Thing) => FoundOpportunity> {
    const stages = new Map(
      (await getPipelines(anew)).flatMap((pipeline) => pipeline.stages.map(({ id, label }) => [`${pipeline.id}|${id}`, label])),
    );
    const companies = await companiesOf(deals.map(({ id }) => id));
    const isBare = deals.some(({ properties: it }) => it.amount && !it.deal_currency_code);
    const ours = isBare ? await getCurrency() : '';
    return ({ id, properties: it, updatedAt }) => {
      const state = it.hs_is_closed_won === 'true' ? 'won' : it.hs_is_closed === 'true' ? 'lost' : 'open';
      return FoundOpportunity.parse({
        ...{ sourceId: id, accountId: companies.get(id) ?? null, accountName: '', aliases: [], domains: [], country: null, city: null },
        ...{ name: crmText(it.dealname), stage: crmText(stages.get(`${it.pipeline}|${it.dealstage}`) ?? it.dealstage), state },
        value: it.amount ? readMoney(`${it.amount} ${it.deal_currency_code || ours}`) : null,
        ...{ ownerId: it.hubspot_owner_id || null, createdAt: crmDate(it.createdate), lastActivityAt: crmDate(it.notes_last_updated) },
        ...{ closeOn: crmDay(it.closedate), closedAt: state === 'open' ? null : crmDate(it.closedate) },
        changedAt: crmDate(it.hs_lastmodifieddate ?? updatedAt),
      });
    };
  }

  /** The primary company of each deal, else the first. */
  async function companiesOf(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const body = { inputs: ids.map((id) => ({ id })) };
    const { results } = readAnswer(
      Companies,
      await call({ method: 'POST', path: '/crm/v4/associations/deals/companies/batch/read', body }),
    );
    return new Map(
      results.flatMap(({ from, to }) => {
        const main = to.find(({ associationTypes }) => associationTypes.some(({ typeId }) => typeId === PRIMARY_COMPANY)) ?? to[0];
        return main ? [[from.id, main.toObjectId] as const] : [];
      }),
    );
  }

  return { getPipelines, getCurrency, dealReader };
}

async function readPushed(call: CallCrm, { getCurrency }: Facts, id: string): Promise<PushedFields | null> {
  const properties = Object.values(HUBSPOT_FIELDS).join(',');
  const found = await call({ path: `/crm/v3/objects/deals/${encodeURIComponent(id)}?properties=${properties}` }).catch(nullIfGone);
  if (!found) return null;
  const { properties: it } = readAnswer(Thing, found);
  const currency = it.deal_currency_code || (await getCurrency());
  const value = readMoney(`${it.amount ?? ''} ${currency}`);
  return {
    ...{ name: it.dealname ?? '', amount: value ? amountText(value) : (it.amount ?? ''), currency, closeOn: crmDay(it.closedate) ?? '' },
    ...{ partnerName: it.partner_name ?? '', dealId: it.partner_deal_id ?? '', protectedUntil: crmDay(it.partner_protected_until) ?? '' },
  };
}

const Written = z.object({ results: z.array(z.object({ id: z.string() })).min(1) });

async function pushDeal(call: CallCrm, { getPipelines }: Facts, [dealId, fields, accountId]: Parameters<CrmAdapter['pushDeal']>) {
  const named = Object.entries(HUBSPOT_FIELDS).flatMap(([field, property]) => {
    const value = fields[field as keyof PushedFields]; // its own keys
    // At noon it is the same day in most of the world.
    return value === undefined ? [] : [[property, field === 'closeOn' && value ? `${value}T12:00:00Z` : value] as const];
  });
  const properties = Object.fromEntries(named);
  const where = `/crm/v3/objects/deals/${encodeURIComponent(dealId)}?idProperty=${HUBSPOT_FIELDS.dealId}`;
  const known = await call({ path: where }).catch(nullIfGone);
  if (known) {
    const { id } = readAnswer(Thing, known);
    await call({ method: 'PATCH', path: `/crm/v3/objects/deals/${id}`, body: { properties } });
    return associated(call, id, accountId);
  }
  const [pipeline] = (await getPipelines(true)).sort((a, b) => a.displayOrder - b.displayOrder);
  const stage = pipeline?.stages.filter(({ metadata }) => metadata.isClosed !== 'true').sort((a, b) => a.displayOrder - b.displayOrder)[0];
  const first = pipeline && stage ? { pipeline: pipeline.id, dealstage: stage.id } : {};
  const inputs = [{ idProperty: HUBSPOT_FIELDS.dealId, id: dealId, properties: { ...properties, ...first } }];
  const answer = await call({ method: 'POST', path: '/crm/v3/objects/deals/batch/upsert', body: { inputs } });
  const written = Written.safeParse(answer);
  // 207: the call stands, and its one deal does not.
  if (!written.success) throw new CrmTrouble('fields', { fields: explain(207, answer).fields });
  return associated(call, written.data.results[0]?.id ?? '', accountId);
}

async function associated(call: CallCrm, opportunityId: string, accountId: string | null) {
  const path = `/crm/v4/objects/deals/${opportunityId}/associations/default/companies/${encodeURIComponent(accountId ?? '')}`;
  if (accountId) await call({ method: 'PUT', path });
  return { opportunityId };
}

export function nullIfGone(error: unknown): null {
  if (error instanceof CrmGone) return null;
  throw error;
}

const Context = z
  .object({ properties: z.array(z.string()).default([]), propertyName: z.array(z.string()).default([]) })
  .partial()
  .catch({});
const Refused = z
  .object({ context: Context, errors: z.array(z.object({ context: Context })).catch([]) })
  .partial()
  .catch({});

/** The properties that a refusal names: required and missing, or unknown (`category: VALIDATION_ERROR`). */
function explain(_status: number, answer: unknown): { fields: string[] } {
  const { context, errors = [] } = Refused.parse(answer ?? {});
  const named = [context, ...errors.map((error) => error.context)].flatMap((one) => [
    ...(one?.properties ?? []),
    ...(one?.propertyName ?? []),
  ]);
  return { fields: [...new Set(named)].map((name) => name.slice(0, 60)).slice(0, 10) };
}
