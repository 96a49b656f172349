import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;
type Thing = { id: string; properties: Record<string, string>; updatedAt: string; archivedAt?: string };
type Fault = { status: number; headers?: Record<string, string>; body?: unknown; on?: RegExp };
type Filter = { propertyName: string; operator: string; value: string };

/** A server that speaks as much of HubSpot's CRM API as the product uses. `faults` are answered first, one for each call that matches. */
export async function startHubspot() {
  const stores = { companies: new Map<string, Thing>(), deals: new Map<string, Thing>() };
  const owners: Json[] = [];
  const companyOf = new Map<string, string>();
  const faults: Fault[] = [];
  const calls: { method: string; path: string; body: Json }[] = [];
  let nextId = 9000;

  function put(kind: keyof typeof stores, id: string, properties: Record<string, string>, at: Date): void {
    const known = stores[kind].get(id);
    const stamped = { ...known?.properties, ...properties, hs_object_id: id, hs_lastmodifieddate: at.toISOString() };
    stores[kind].set(id, { id, properties: stamped, updatedAt: at.toISOString() });
  }
  function archive(kind: keyof typeof stores, id: string, at: Date): void {
    const thing = stores[kind].get(id);
    if (thing) thing.archivedAt = at.toISOString();
  }

  function search(kind: keyof typeof stores, body: Json) {
    const [group] = (body.filterGroups ?? []) as { filters: Filter[] }[];
    const matches = ({ properties }: Thing) =>
      (group?.filters ?? []).every(({ propertyName, operator, value }) => {
        const held = propertyName === 'hs_lastmodifieddate' ? Date.parse(properties[propertyName] ?? '') : Number(properties[propertyName]);
        return operator === 'GTE' ? held >= Number(value) : held > Number(value);
      });
    const found = [...stores[kind].values()]
      .filter((thing) => !thing.archivedAt && matches(thing))
      .sort((a, b) => Number(a.id) - Number(b.id));
    const limit = Number(body.limit ?? 10);
    return { results: found.slice(0, limit), ...(found.length > limit ? { paging: { next: { after: String(limit) } } } : {}) };
  }

  function upsert(kind: keyof typeof stores, body: Json) {
    const [input] = body.inputs as { idProperty: string; id: string; properties: Record<string, string> }[];
    const held = [...stores[kind].values()].find(({ properties }) => properties[input?.idProperty ?? ''] === input?.id);
    const id = held?.id ?? String(nextId++);
    put(kind, id, { ...input?.properties, [input?.idProperty ?? '']: input?.id ?? '' }, new Date());
    return { results: [{ id }] };
  }

  function answer(method: string, url: URL, body: Json): { status: number; body?: unknown } {
    const path = url.pathname;
    const page = (list: unknown[]) => {
      const from = Number(url.searchParams.get('after') ?? 0);
      const to = from + Number(url.searchParams.get('limit') ?? 100);
      return { results: list.slice(from, to), ...(list.length > to ? { paging: { next: { after: String(to) } } } : {}) };
    };
    if (path === '/crm/v3/owners') {
      const isArchived = url.searchParams.get('archived') === 'true';
      return { status: 200, body: page(owners.filter(({ archived = false }) => archived === isArchived)) };
    }
    if (path === '/crm/v3/pipelines/deals') return { status: 200, body: PIPELINES };
    if (path === '/account-info/v3/details') return { status: 200, body: { companyCurrency: 'EUR' } };
    if (path === '/crm/v4/associations/deals/companies/batch/read') {
      const inputs = body.inputs as { id: string }[];
      const of = ({ id }: { id: string }) =>
        companyOf.has(id) ? [{ from: { id }, to: [{ toObjectId: Number(companyOf.get(id)), associationTypes: [{ typeId: 5 }] }] }] : [];
      return { status: 207, body: { results: inputs.flatMap(of) } };
    }
    const [, deal, company] = /^\/crm\/v4\/objects\/deals\/(\d+)\/associations\/default\/companies\/(\d+)$/.exec(path) ?? [];
    if (deal && company) {
      companyOf.set(deal, company);
      return { status: 200, body: {} };
    }
    const [, kind, rest = ''] = /^\/crm\/v3\/objects\/(companies|deals)\/?(.*)$/.exec(path) ?? [];
    if (kind !== 'companies' && kind !== 'deals') return { status: 404 };
    if (rest === 'search') return { status: 200, body: search(kind, body) };
    if (rest === 'batch/upsert') return { status: 201, body: upsert(kind, body) };
    if (rest === '') return { status: 200, body: page([...stores[kind].values()].filter(({ archivedAt }) => archivedAt)) };
    const by = url.searchParams.get('idProperty');
    const thing = [...stores[kind].values()].find((one) => !one.archivedAt && (by ? one.properties[by] : one.id) === rest);
    if (!thing) return { status: 404, body: {} };
    if (method === 'PATCH') put(kind, thing.id, body.properties as Record<string, string>, new Date());
    return { status: 200, body: stores[kind].get(thing.id) };
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const body = (text ? JSON.parse(text) : {}) as Json;
    const path = request.url ?? '/';
    const method = request.method ?? 'GET';
    calls.push({ method, path, body });
    const at = faults.findIndex(({ on }) => !on || on.test(path));
    const [fault] = at >= 0 ? faults.splice(at, 1) : [];
    const isKnown = request.headers.authorization === 'Bearer pat-test';
    const given =
      fault ?? (isKnown ? answer(method, new URL(path, 'http://x'), body) : { status: 401, body: { category: 'INVALID_AUTHENTICATION' } });
    response.writeHead(given.status, { 'content-type': 'application/json', ...fault?.headers }).end(JSON.stringify(given.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has a port
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, stores, owners, companyOf, faults, calls, put, archive, stop };
}

const stage = (id: string, label: string, displayOrder: number, isClosed: boolean) => ({
  id,
  label,
  displayOrder,
  metadata: { isClosed: String(isClosed) },
});
const PIPELINES = {
  results: [
    {
      id: 'default',
      displayOrder: 0,
      stages: [
        stage('first', 'Qualified', 0, false),
        stage('second', 'Contract sent', 1, false),
        stage('closedwon', 'Closed won', 2, true),
      ],
    },
  ],
};
