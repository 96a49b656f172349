import { addDays, subDays } from 'date-fns';
import { afterEach, expect, test } from 'vitest';
import { readWebsiteJob } from '../../../jobs/discover/read-website.ts';
import { refreshWebsites } from '../../../jobs/discover/refresh-websites.ts';
import type { Deps } from '../../../src/deps.ts';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { insertDigest } from '../../../src/discover/digest/digest-repository.ts';
import { internet } from '../../../src/discover/website/network.ts';
import { getCompany } from '../../../src/programme/companies/company-repository.ts';
import { AT, aCompany, ana, aProgramme, HOME } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';
import { startSites } from '../../support/site-server.ts';

useMongo();
let running: Awaited<ReturnType<typeof startSites>> | undefined;
afterEach(() => running?.close());

const LATER = addDays(AT, 200);

/** A digest that showed these companies. */
async function shown(companyIds: string[], postedAt: Date, workspaceId = HOME): Promise<void> {
  const item = { name: 'x', domain: 'x', oneLiner: '', type: 'technology' as const, score: 50, known: 0.5, reasons: [] };
  const items = companyIds.map((companyId) => ({ ...item, companyId }));
  const day = postedAt.toISOString().slice(0, 10);
  await insertDigest({
    id: `${workspaceId}${day}`,
    workspaceId,
    number: Math.round(postedAt.getTime() / 1000),
    day,
    round: 0,
    requestedBy: 'system',
    candidates: 1,
    items,
    createdAt: postedAt,
    postedAt,
  });
}

/** What the refresh queues, and what a worker would do with it. */
async function refresh(now: Date) {
  const queued: string[] = [];
  const enqueue: Deps['enqueue'] = async (_job, payload) => void queued.push(readWebsiteJob.payload.parse(payload).companyId);
  const deps = someDeps({ now: () => now, enqueue, network: running?.network ?? internet });
  await refreshWebsites.run({}, deps);
  for (const companyId of queued) await readWebsiteJob.run({ workspaceId: HOME, companyId }, deps);
  return queued;
}

test('stale evidence of companies shown lately is read anew, a few at a time, each site once', async () => {
  running = await startSites(
    Object.fromEntries(
      Array.from({ length: 7 }, (_, n) => [`c${n}.example/`, '<p>Appointment booking for private clinics, in every town there is.']),
    ),
  );
  const ids: string[] = [];
  for (let n = 0; n < 7; n++) ids.push((await aCompany({ domain: `c${n}.example`, name: 'Peatworks' })).id);
  await shown(ids, subDays(LATER, 3));
  expect(await refresh(addDays(AT, 179))).toEqual([]);
  const first = await refresh(LATER);
  expect(first).toHaveLength(5);
  const second = await refresh(LATER);
  expect(new Set([...first, ...second])).toEqual(new Set(ids));
  expect(await refresh(LATER)).toEqual([]);
  expect(await getCompany(HOME, ids[0] ?? '')).toMatchObject({ origins: { description: { source: 'https://c0.example/', at: LATER } } });
});

test('companies that were turned down, never shown or shown long ago are left alone', async () => {
  running = await startSites({});
  await aProgramme();
  const no = await aCompany({ domain: 'no.example' });
  const old = await aCompany({ domain: 'old.example' });
  const yes = await aCompany({ domain: 'yes.example' });
  await aCompany({ domain: 'never.example' });
  await decideCompany(ana, no.id, { kind: 'not-fit', reason: 'other', note: '' }, LATER);
  await shown([old.id], subDays(LATER, 31));
  await shown([no.id, yes.id], subDays(LATER, 3));
  expect(await refresh(LATER)).toEqual([yes.id]);
});
