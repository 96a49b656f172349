import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;
type Row = Json & { Id: string };
type Fault = { status: number; headers?: Record<string, string>; body?: unknown; on?: RegExp };
const PAGE = 200;
const DATA = '/services/data/v60.0';
const OURS = ['Partner_Name__c', 'Partner_Deal_Id__c', 'Partner_Protected_Until__c'];

/** A server that speaks as much of Salesforce's REST API as the product uses; a page holds 200 records. `faults` are answered first. */
export async function startSalesforce() {
  const stores: Record<string, Map<string, Row>> = { User: new Map(), Account: new Map(), Opportunity: new Map() };
  const fields: Record<string, Set<string>> = { User: new Set(), Account: new Set(), Opportunity: new Set(OURS) };
  const faults: Fault[] = [];
  const calls: { method: string; path: string; body: Json }[] = [];
  const places = new Map<string, Row[]>();
  let token = 'token-1';
  let tokens = 0;

  function put(object: string, row: Row, at: Date): void {
    const known = stores[object]?.get(row.Id);
    stores[object]?.set(row.Id, { IsDeleted: false, ...known, ...row, SystemModstamp: at.toISOString().replace('Z', '+0000') });
  }

  function paged(rows: Row[], from: number, name: string) {
    const records = rows.slice(from, from + PAGE);
    const more = rows.length > from + PAGE;
    places.set(name, rows);
    return { totalSize: rows.length, done: !more, records, ...(more ? { nextRecordsUrl: `${DATA}/query/${name}-${from + PAGE}` } : {}) };
  }

  function query(soql: string) {
    if (soql.includes('OpportunityStage')) return { done: true, records: [{ ApiName: 'Prospecting' }] };
    const [, named = '', object = ''] = /^SELECT (.+) FROM (\w+)/.exec(soql) ?? [];
    const since = Date.parse(/SystemModstamp >= (\S+)/.exec(soql)?.[1] ?? '1970-01-01');
    const unknown = named.split(', ').find((name) => /__c$|CurrencyIsoCode|CountryCode/.test(name) && !fields[object]?.has(name));
    if (unknown) return null;
    const stamp = (row: Row) => Date.parse(String(row.SystemModstamp).replace('+0000', 'Z'));
    const rows = [...(stores[object]?.values() ?? [])]
      .filter((row) => stamp(row) >= since)
      .sort((a, b) => stamp(a) - stamp(b) || (a.Id < b.Id ? -1 : 1));
    return paged(rows, 0, `${object}${places.size}`);
  }

  function upsert(path: string, body: Json): { status: number; body: unknown } {
    const dealId = decodeURIComponent(path.split('/').at(-1) ?? '');
    const held = [...(stores.Opportunity?.values() ?? [])].find((row) => row.Partner_Deal_Id__c === dealId);
    if ('Partner_Deal_Id__c' in body) return { status: 400, body: [{ errorCode: 'INVALID_FIELD', fields: ['Partner_Deal_Id__c'] }] };
    const missing = ['Name', 'StageName', 'CloseDate'].filter((name) => !held && !body[name]);
    if (missing.length > 0) return { status: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: missing }] };
    const id = held?.Id ?? `006${stores.Opportunity?.size}`;
    put('Opportunity', { ...body, Id: id, Partner_Deal_Id__c: dealId }, new Date());
    return { status: 201, body: { id, success: true, errors: [] } };
  }

  function answer(method: string, url: URL, body: Json): { status: number; body?: unknown } {
    const path = url.pathname;
    const soql = url.searchParams.get('q');
    if (soql !== null) {
      const found = query(soql);
      return found ? { status: 200, body: found } : { status: 400, body: [{ errorCode: 'INVALID_FIELD', message: 'No such column' }] };
    }
    const [, name = '', from = '0'] = /\/query\/(\w+)-(\d+)$/.exec(path) ?? [];
    if (name) {
      const rows = places.get(name);
      return rows
        ? { status: 200, body: paged(rows, Number(from), name) }
        : { status: 400, body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }] };
    }
    const [, described = ''] = /\/sobjects\/(\w+)\/describe$/.exec(path) ?? [];
    if (described)
      return { status: 200, body: { fields: [...(fields[described] ?? []), 'Name', 'Amount', 'CloseDate'].map((one) => ({ name: one })) } };
    const isByDeal = path.includes('/Partner_Deal_Id__c/');
    if (isByDeal && method === 'PATCH') return upsert(path, body);
    const last = decodeURIComponent(path.split('/').at(-1) ?? '');
    const row = [...(stores.Opportunity?.values() ?? [])].find(
      (one) => (isByDeal ? one.Partner_Deal_Id__c === last : one.Id === last) && !one.IsDeleted,
    );
    if (!row) return { status: 404, body: [{ errorCode: 'NOT_FOUND' }] };
    if (method !== 'PATCH') return { status: 200, body: row };
    put('Opportunity', { ...body, Id: row.Id }, new Date());
    return { status: 204 };
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const path = request.url ?? '/';
    const method = request.method ?? 'GET';
    if (path === '/services/oauth2/token') {
      const form = new URLSearchParams(text);
      const isOurs = form.get('grant_type') === 'client_credentials' && form.get('client_secret') === 'sf-secret';
      token = `token-${++tokens}`;
      response
        .writeHead(isOurs ? 200 : 401, { 'content-type': 'application/json' })
        .end(JSON.stringify(isOurs ? { access_token: token } : { error: 'invalid_client' }));
      return;
    }
    const body = (text ? JSON.parse(text) : {}) as Json;
    calls.push({ method, path, body });
    const at = faults.findIndex(({ on }) => !on || on.test(path));
    const [fault] = at >= 0 ? faults.splice(at, 1) : [];
    const isKnown = request.headers.authorization === `Bearer ${token}`;
    const given =
      fault ?? (isKnown ? answer(method, new URL(path, 'http://x'), body) : { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID' }] });
    response.writeHead(given.status, { 'content-type': 'application/json', ...fault?.headers });
    response.end(given.body === undefined ? '' : JSON.stringify(given.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has a port
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const expire = () => {
    token = 'expired';
  };
  return { url, stores, fields, faults, calls, places, put, expire, tokens: () => tokens, stop };
}
