import { z } from 'zod';
import { amountText, readMoney } from '../../platform/money.ts';
import { parseJson } from '../../platform/parse-json.ts';
import { type CallCrm, CrmGone, createCallCrm, crmUrl, readAnswer, readEach } from './call-crm.ts';
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

const API = '/services/data/v60.0';

const Row = z.record(z.string(), z.unknown()).transform((row) => ({ id: String(row.Id ?? ''), row }));
type Row = z.infer<typeof Row>;
const Rows = z.object({ records: z.array(Row), done: z.boolean(), nextRecordsUrl: z.string().nullish() });
const OBJECTS = { owners: 'User', accounts: 'Account', opportunities: 'Opportunity' } as const;
const FIELDS: Record<CrmObject, string[]> = {
  owners: 'Id Name Email IsActive SystemModstamp'.split(' '),
  accounts: 'Id Name Website Type BillingCity BillingCountry OwnerId LastActivityDate SystemModstamp IsDeleted MasterRecordId'.split(' '),
  opportunities:
    'Id Name AccountId StageName IsClosed IsWon Amount OwnerId CreatedDate CloseDate LastActivityDate SystemModstamp IsDeleted'.split(' '),
};
/** Fields that are there only with a setting, or because an admin made them. Asking for one that is not there is an error. */
const WHERE_THERE: Record<CrmObject, string[]> = {
  owners: [],
  accounts: ['BillingCountryCode', 'Named_Account__c'],
  opportunities: ['CurrencyIsoCode'],
};

/** Ours in Salesforce; `Partner_Deal_Id__c` is an external id and unique, so that a deal that is pushed twice is one. README: “CRM”. */
export const SALESFORCE_FIELDS = {
  name: 'Name',
  amount: 'Amount',
  currency: 'CurrencyIsoCode',
  closeOn: 'CloseDate',
  partnerName: 'Partner_Name__c',
  dealId: 'Partner_Deal_Id__c',
  protectedUntil: 'Partner_Protected_Until__c',
} as const;

/** `currency`: of sums, where the organisation has not several. */
type Options = { url: string; clientId: string; clientSecret: string; currency?: string | undefined };

/** Salesforce by its REST API. What changed is found by SOQL over `SystemModstamp`, two thousand records a page; `queryAll` also gives what was deleted
 *  (`IsDeleted`) and what was merged (`MasterRecordId`). Tokens come by the OAuth client-credentials flow. Sources:
 *  developer.salesforce.com/docs/platform/api-rest/guide/dome-queryall.html, …/dome-upsert.html, …/errorcodes.htm, and
 *  help.salesforce.com, “OAuth 2.0 Client Credentials Flow”. */
export function createSalesforce(options: Options): CrmAdapter {
  const session = createSession(options);
  const call = createCallCrm({ ...session, explain });
  const kept = new Map<CrmObject, Set<string>>();
  const fieldsOf: FieldsOf = async (object) => {
    const known = kept.get(object);
    if (known) return known;
    const { fields } = readAnswer(Described, await call({ path: `${API}/sobjects/${OBJECTS[object]}/describe` }));
    const names = new Set(fields.map(({ name }) => name));
    kept.set(object, names);
    return names;
  };
  const begin = async (object: CrmObject, since: Date | null) => {
    kept.delete(object);
    const there = WHERE_THERE[object].length > 0 ? await fieldsOf(object) : new Set<string>();
    const names = [...FIELDS[object], ...WHERE_THERE[object].filter((field) => there.has(field))];
    const wheres = [
      ...(since ? [`SystemModstamp >= ${since.toISOString()}`] : []),
      ...(object === 'owners' ? ["UserType = 'Standard'"] : []),
    ];
    const where = wheres.length > 0 ? ` WHERE ${wheres.join(' AND ')}` : '';
    const soql = `SELECT ${names.join(', ')} FROM ${OBJECTS[object]}${where} ORDER BY SystemModstamp, Id`;
    return call({ path: `${API}/queryAll?q=${encodeURIComponent(soql)}` });
  };
  const readPage: CrmAdapter['readPage'] = async (object, { since, cursor }) => {
    const answer =
      cursor === null ? await begin(object, since) : await call({ path: cursor }).catch(beginAgain(() => begin(object, since)));
    return pageOf(object, readAnswer(Rows, answer), options.currency);
  };
  return {
    source: 'salesforce',
    readPage,
    readPushed: (id) => readPushed(call, fieldsOf, id, options),
    pushDeal: (...push) => pushDeal(call, fieldsOf, push, options),
  };
}

const Described = z.object({ fields: z.array(z.object({ name: z.string() })) });
type FieldsOf = (object: CrmObject) => Promise<Set<string>>;
const Token = z.object({ access_token: z.string().min(1), instance_url: z.url().optional() });
const TIMEOUT_MS = 30_000;

/** Where Salesforce gives its tokens, and where it wants to be asked afterwards. */
function createSession({ url, clientId, clientSecret }: Options) {
  let token: string | null = null;
  let baseUrl = url;
  const getToken = async (fresh: boolean): Promise<string | null> => {
    if (token && !fresh) return token;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
    const asked = fetch(crmUrl(url, '/services/oauth2/token'), {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await asked.catch((cause: unknown) => {
      throw new CrmTrouble('down', { cause });
    });
    const text = await answer.text();
    if (!answer.ok) throw new CrmTrouble(answer.status >= 500 || answer.status === 429 ? 'down' : 'refused', { status: answer.status });
    const got = readAnswer(Token, parseJson(text));
    token = got.access_token;
    if (got.instance_url?.startsWith('https://')) baseUrl = got.instance_url;
    return token;
  };
  return { token: getToken, baseUrl: () => baseUrl };
}

/** The place in a query is kept for two days at most: then it is asked again, and what was read already changes nothing. */
function beginAgain(begin: () => Promise<unknown>) {
  return (error: unknown) => {
    if (error instanceof CrmTrouble && error.kind === 'refused') return begin();
    throw error;
  };
}

function pageOf<O extends CrmObject>(object: O, { records, done, nextRecordsUrl }: z.infer<typeof Rows>, currency = ''): CrmPage<O> {
  const readers: { [Any in CrmObject]: (row: Row) => FoundRecord[Any] } = {
    owners: ownerOf,
    accounts: accountOf,
    opportunities: (row) => opportunityOf(row, currency),
  };
  const isGone = ({ row }: Row) => row.IsDeleted === true || row.IsActive === false;
  const gone = records
    .filter(isGone)
    .map((one) => ({ sourceId: one.id, at: modified(one) ?? new Date(0), into: textOf(one, 'MasterRecordId') }));
  return {
    ...readEach(
      records.filter((row) => !isGone(row)),
      readers[object],
    ),
    deleted: gone.filter(({ into }) => !into).map(({ sourceId, at }) => ({ sourceId, at })),
    merged: gone.filter(({ into }) => into).map(({ sourceId: from, at, into }) => ({ from, into, at })),
    next: done ? null : (nextRecordsUrl ?? null),
  };
}

function textOf({ row }: Row, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

const modified = (row: Row) => crmDate(textOf(row, 'SystemModstamp'));

function ownerOf(row: Row): FoundOwner {
  return FoundOwner.parse({
    sourceId: row.id,
    name: crmText(textOf(row, 'Name')),
    email: crmText(textOf(row, 'Email')),
    changedAt: modified(row),
  });
}

function accountOf(row: Row): FoundAccount {
  return FoundAccount.parse({
    ...{ sourceId: row.id, name: crmText(textOf(row, 'Name')), domains: crmDomains(textOf(row, 'Website')), aliases: [] },
    ...{
      country: crmCountry(textOf(row, 'BillingCountryCode'), textOf(row, 'BillingCountry')),
      city: crmText(textOf(row, 'BillingCity')) || null,
    },
    // The standard types: “Customer - Direct”, “Customer - Channel”, “Customer”.
    isCustomer: /^customer\b/i.test(textOf(row, 'Type')),
    isNamed: row.row.Named_Account__c === true,
    ...{ ownerId: textOf(row, 'OwnerId') || null, lastActivityAt: crmDate(textOf(row, 'LastActivityDate')), changedAt: modified(row) },
  });
}

function opportunityOf(row: Row, currency: string): FoundOpportunity {
  const state = row.row.IsWon === true ? 'won' : row.row.IsClosed === true ? 'lost' : 'open';
  const amount = textOf(row, 'Amount');
  return FoundOpportunity.parse({
    ...{
      sourceId: row.id,
      accountId: textOf(row, 'AccountId') || null,
      accountName: '',
      aliases: [],
      domains: [],
      country: null,
      city: null,
    },
    ...{ name: crmText(textOf(row, 'Name')), stage: crmText(textOf(row, 'StageName')), state },
    value: amount ? readMoney(`${amount} ${textOf(row, 'CurrencyIsoCode') || currency}`) : null,
    ...{
      ownerId: textOf(row, 'OwnerId') || null,
      createdAt: crmDate(textOf(row, 'CreatedDate')),
      lastActivityAt: crmDate(textOf(row, 'LastActivityDate')),
    },
    ...{
      closeOn: crmDay(textOf(row, 'CloseDate')),
      closedAt: state === 'open' ? null : crmDate(textOf(row, 'CloseDate')),
      changedAt: modified(row),
    },
  });
}

async function readPushed(call: CallCrm, fieldsOf: FieldsOf, id: string, { currency = '' }: Options): Promise<PushedFields | null> {
  const there = await fieldsOf('opportunities');
  const names = [...Object.values(SALESFORCE_FIELDS), 'IsDeleted'].filter((name) => there.has(name) || name === 'IsDeleted');
  const found = await call({ path: `${API}/sobjects/Opportunity/${encodeURIComponent(id)}?fields=Id,${names.join(',')}` }).catch(
    (error: unknown) => {
      if (error instanceof CrmGone) return null;
      throw error;
    },
  );
  if (found === null) return null;
  const row = readAnswer(Row, found);
  const held = textOf(row, 'CurrencyIsoCode') || currency;
  const value = readMoney(`${textOf(row, 'Amount')} ${held}`);
  return {
    ...{
      name: textOf(row, 'Name'),
      amount: value ? amountText(value) : textOf(row, 'Amount'),
      currency: held,
      closeOn: textOf(row, 'CloseDate'),
    },
    ...{ partnerName: textOf(row, 'Partner_Name__c'), dealId: textOf(row, 'Partner_Deal_Id__c') },
    protectedUntil: textOf(row, 'Partner_Protected_Until__c'),
  };
}

const Written = z.object({ id: z.string() });
const Stages = z.object({ records: z.array(z.object({ ApiName: z.string() })) });
const FIRST_STAGE = 'SELECT ApiName FROM OpportunityStage WHERE IsActive = true AND IsClosed = false ORDER BY SortOrder LIMIT 1';

async function pushDeal(
  call: CallCrm,
  fieldsOf: FieldsOf,
  [dealId, fields, accountId]: Parameters<CrmAdapter['pushDeal']>,
  options: Options,
) {
  const there = await fieldsOf('opportunities');
  const missing = (['partnerName', 'dealId', 'protectedUntil'] as const)
    .map((field) => SALESFORCE_FIELDS[field])
    .filter((name) => !there.has(name));
  if (missing.length > 0) throw new CrmTrouble('fields', { fields: missing });
  const body = bodyOf(fields, there, options);
  const where = `${API}/sobjects/Opportunity/${SALESFORCE_FIELDS.dealId}/${encodeURIComponent(dealId)}`;
  const known = await call({ path: `${where}?fields=Id` }).catch((error: unknown) => {
    if (error instanceof CrmGone) return null;
    throw error;
  });
  if (known) {
    const { id } = readAnswer(Row, known);
    await call({ method: 'PATCH', path: `${API}/sobjects/Opportunity/${id}`, body });
    return { opportunityId: id };
  }
  const [stage] = readAnswer(Stages, await call({ path: `${API}/query?q=${encodeURIComponent(FIRST_STAGE)}` })).records;
  const { [SALESFORCE_FIELDS.dealId]: _id, ...rest } = body; // An external id stands in the address, never in the body.
  const made = { ...rest, ...(stage ? { StageName: stage.ApiName } : {}), ...(accountId ? { AccountId: accountId } : {}) };
  return { opportunityId: readAnswer(Written, await call({ method: 'PATCH', path: where, body: made })).id };
}

/** A sum is left out where its currency cannot be said: it would be read in another one. */
function bodyOf(fields: PushedFields, there: ReadonlySet<string>, { currency = '' }: Options): Record<string, string | number | null> {
  const isSeveral = there.has('CurrencyIsoCode');
  const isSayable = isSeveral || (fields.currency ?? currency) === currency;
  const named = Object.entries(SALESFORCE_FIELDS).flatMap(([field, name]) => {
    const value = fields[field as keyof PushedFields]; // its own keys
    if (value === undefined || (field === 'currency' && !isSeveral) || (field === 'amount' && !isSayable)) return [];
    return [[name, field === 'amount' ? Number(value) : value || null] as const];
  });
  return Object.fromEntries(named);
}

const Refused = z.array(z.object({ errorCode: z.string().default(''), fields: z.array(z.string()).default([]) })).catch([]);

/** `REQUEST_LIMIT_EXCEEDED` comes as 403: the calls of a day are spent. */
function explain(_status: number, answer: unknown): { kind?: 'busy'; fields: string[] } {
  const refused = Refused.parse(answer ?? []);
  const fields = refused.flatMap((one) => one.fields).map((name) => name.slice(0, 60));
  return {
    ...(refused.some(({ errorCode }) => errorCode === 'REQUEST_LIMIT_EXCEEDED') ? { kind: 'busy' as const } : {}),
    fields: fields.slice(0, 10),
  };
}
