import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { addDays } from 'date-fns';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideDeal } from '../../src/manage/deals/decide-deal.ts';
import { endDeal } from '../../src/manage/deals/protect-deal.ts';
import { shareDeal } from '../../src/manage/deals/share-deal.ts';
import { aDeal } from '../support/a-deal.ts';
import { aPartner, piaOf } from '../support/a-partner.ts';
import { aCommission, paidTo } from '../support/a-payout.ts';
import { keptPlan } from '../support/a-plan.ts';
import { aSale } from '../support/a-sale.ts';
import { AT, ana, aProgramme, HOME, milo } from '../support/builders.ts';
import { ACTS, type ActName, act, LATER, work } from '../support/measure-acts.ts';
import { useMongo } from '../support/mongo.ts';
import { bundled } from '../support/spawn-worker.ts';

const { uri } = useMongo();
let script: string;
beforeAll(async () => {
  script = await bundled('measure-worker');
});

type Waiting = { child: ChildProcess; ready: Promise<unknown> };
function start(): Waiting {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, NODE_OPTIONS: '', MONGODB_URI: uri },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return { child, ready: once(createInterface({ input: child.stdout as NonNullable<typeof child.stdout> }), 'line') }; // it is a pipe
}
let next: Waiting | null = null;
afterAll(() => next?.child.kill('SIGKILL'));

/** Another process does all of it and dies before this write; false when it came to its end. */
async function killedAt(name: ActName, dieAt: number): Promise<boolean> {
  const { child, ready } = next ?? start();
  next = start();
  await ready;
  const gone = once(child, 'exit');
  child.stdin?.end(`${JSON.stringify({ name, dieAt })}\n`);
  const [code, signal] = await gone;
  if (signal !== 'SIGKILL') expect(code).toBe(0);
  return signal === 'SIGKILL';
}

type Documents = Map<string, { _id: unknown }[]>;
const all = (name: string) => mongoose.connection.collection<{ _id: unknown }>(name);
async function stored(): Promise<Documents> {
  const names = Object.values(mongoose.models).map(({ collection }) => collection.name);
  return new Map(await Promise.all(names.map(async (name) => [name, await all(name).find({}).toArray()] as const)));
}
async function restore(documents: Documents): Promise<void> {
  const one = async ([name, some]: [string, { _id: unknown }[]]) => {
    await all(name).deleteMany({});
    if (some.length > 0) await all(name).insertMany(some);
  };
  await Promise.all([...documents].map(one));
}

/** All that people see of it, without what tells only when it was written. */
const SEEN: Record<string, string[]> = {
  ledger: ['source', 'kind', 'of', 'day', 'holdUntil', 'postings', 'working', 'evidence', 'own'],
  touches: ['source', 'type', 'partnerId', 'at', 'lateOverride'],
  sales: ['id', 'state', 'partners', 'creditDue', 'accrueDue'],
  sale_credits: ['saleId', 'credits', 'uncounted', 'lines', 'unmarked'],
  revenue_rollups: ['of', 'grain', 'at', 'sums', 'due'],
  payouts: ['status', 'approvals', 'reference', 'paid', 'takenBack', 'open'],
  payout_lines: ['_id'],
  audit: ['action', 'subject', 'by'],
};

/** As it stands once the sweeps of some minutes have run. */
async function state(): Promise<string> {
  await work(LATER);
  await work(LATER);
  const ids = (await all('payouts').find({}).toArray()).map(({ _id }) => String(_id));
  const isDraft = (await all('payouts').countDocuments({ status: 'draft' })) > 0;
  const parts = Object.entries(SEEN).map(async ([name, fields]) => {
    // A draft takes its lines when it is approved, if it has not before.
    const rows = name === 'payout_lines' && isDraft ? [] : await all(name).find({}).toArray();
    const seen = rows.map((row) => JSON.stringify(fields.map((field) => (row as Record<string, unknown>)[field] ?? null)));
    return [name, seen.sort()] as const;
  });
  return ids.reduce((text, id) => text.replaceAll(id, 'THE-PAYOUT'), JSON.stringify(await Promise.all(parts), null, 1));
}

/** Before every fifth write; `KILL_EVERY=1` dies before each. */
const EVERY = Number(process.env.KILL_EVERY ?? 5);

/** Dies before one write after the other. What is left is what an unharmed run leaves after one of its steps; the rest done again, it comes to what all of it comes
 *  to. Returns how often it died. */
async function everyWrite(name: ActName): Promise<number> {
  const begun = await stored();
  const unharmed: string[] = [];
  for (let count = 0; count <= ACTS[name].length; count++) {
    await restore(begun);
    await act(name, count);
    unharmed.push(await state());
  }
  const end = unharmed.at(-1);
  let deaths = 0;
  for (let write = Math.min(EVERY, 2); ; write += EVERY) {
    await restore(begun);
    if (!(await killedAt(name, write))) break;
    deaths++;
    const left = await state();
    // That it is on record who noted a touch comes with the touch, but in a write of its own; pressed again, it is made good.
    expect(unharmed.map(withoutAudit)).toContain(withoutAudit(left));
    if (left === end) continue;
    await act(name);
    expect(await state()).toBe(end);
  }
  expect(await state()).toBe(end);
  return deaths;
}

const withoutAudit = (text: string) => text.slice(0, text.indexOf('"audit"'));

test('a payout: whichever write its process dies at, ledger and lines stand as one of its decisions says', async () => {
  await aProgramme();
  const partner = await aPartner();
  await paidTo(partner.id, piaOf(partner), ana);
  await aCommission({ source: 'a', partnerId: partner.id, minor: 4000 });
  await aCommission({ source: 'b', partnerId: partner.id, minor: -1500 });
  expect(await everyWrite('payout')).toBeGreaterThan(2);
});

test('a deal that was won: it is booked, credited, paid for and counted once, whichever write its process dies at', async () => {
  await aProgramme();
  await keptPlan({ base: 'booked', startsOn: '2020-01-01' });
  const deal = await aDeal(await aPartner());
  await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at: AT });
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] });
  await shareDeal(milo, deal.id, { partnerId: other.id, role: 'resell', seesOthers: false }, AT);
  await endDeal({ workspaceId: HOME, id: deal.id }, 'win', { by: milo.userId, at: AT });
  expect(await everyWrite('sale')).toBeGreaterThan(2);
});

test('money, a touch and an override: none is written without what follows from it', async () => {
  await aProgramme();
  await keptPlan();
  const partner = await aPartner();
  await aSale({ createdAt: addDays(AT, -40), partners: [{ partnerId: partner.id, role: 'source' }] });
  await work(AT);
  expect(await everyWrite('money')).toBeGreaterThan(2);
});
