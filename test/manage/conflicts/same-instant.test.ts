import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import mongoose from 'mongoose';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { SAID } from '../../support/a-deal.ts';
import { aPartner, QUILLMONT_TEAM } from '../../support/a-partner.ts';
import { AT, aCompany, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { builtOnce } from '../../support/spawn-worker.ts';

/** `RACE_ROUNDS=200` is the long run. */
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 12);
const server = useMongo();
const script = builtOnce('register-worker');

type Worker = { child: ChildProcess; lines: Interface; died: Promise<'died'> };
const workers: Worker[] = [];
afterAll(async () => {
  for (const { child, died } of workers) {
    child.kill();
    await died;
  }
});

async function aWorker(): Promise<Worker> {
  const child = spawn(process.execPath, [await script()], {
    env: { ...process.env, NODE_OPTIONS: '', MONGODB_URI: server.uri, AT: AT.toISOString() },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const died = once(child, 'exit').then(() => 'died' as const);
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  return { child, lines, died };
}

let partners: { partnerId: string; workspaceId: string; userId: string; teamId: string }[];
beforeEach(async () => {
  await aProgramme();
  const [quillmont, brindle] = [
    await aPartner(),
    await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] }, { teamIds: ['T0BRINDLE'], channel: 'C0BRINDLE' }),
  ];
  partners = [
    { partnerId: quillmont.id, workspaceId: HOME, userId: 'U0PIA', teamId: QUILLMONT_TEAM },
    { partnerId: brindle.id, workspaceId: HOME, userId: 'U0BRIN', teamId: 'T0BRINDLE' },
  ];
  if (workers.length === 0) workers.push(await aWorker(), await aWorker());
});

type Named = { company: string; website: string | null };
type Outcome = { id: string; status: string; code: string | null };

/** Both partners register at the same instant, each through a process of its own. */
async function race(both: readonly [Named, Named]): Promise<Outcome[]> {
  const answers = workers.map(async ({ lines, died }): Promise<Outcome> => {
    const answer = await Promise.race([once(lines, 'line'), died]);
    if (answer === 'died') throw new Error('a worker died; its reason is above');
    const [line] = answer;
    // The worker prints this shape.
    return JSON.parse(String(line)) as Outcome;
  });
  workers.forEach(({ child }, at) => {
    child.stdin?.write(`${JSON.stringify({ ...partners[at], dealId: randomUUID(), said: { ...SAID, ...both[at] } })}\n`);
  });
  return Promise.all(answers);
}

/** Ways in which two people name one account, of which the database lets one be first. */
const SAME: readonly ((n: number) => [Named, Named])[] = [
  (n) => [
    { company: `Saltmarsh ${n}`, website: `saltmarsh-${n}.example` },
    { company: `Saltmarsh Clinics ${n}`, website: `saltmarsh-${n}.example` },
  ],
  (n) => [
    { company: `Qorvane${n} GmbH`, website: `qorvane-${n}.example` },
    { company: `QORVANE${n}`, website: `qorvane-${n}.example` },
  ],
  (n) => [
    { company: `Tarvelle${n} GmbH`, website: '' },
    { company: `Tarvelle${n}`, website: `tarvelle-${n}.example` },
  ],
  // One by the name that the company had before, one by its website of today.
  (n) => [
    { company: `Northgate Pumps ${n}`, website: '' },
    { company: `Calderwell ${n}`, website: `calderwell-${n}.example` },
  ],
];

test(
  'of two partners who register one account at the same instant exactly one is first',
  async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await aCompany({ name: `Calderwell ${round}`, domain: `calderwell-${round}.example`, aliases: [`Northgate Pumps ${round}`] });
      const name = SAME[round % SAME.length] ?? SAME[0];
      const outcomes = await race(name?.(round) ?? [SAID, SAID]);
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
      expect(outcomes.find(({ status }) => status === 'rejected')?.code).toBe('conflict-partner');
      // A partner that is turned away again and again is asked to speak with somebody; here each round stands for itself.
      await mongoose.connection.collection('deals').deleteMany({ status: 'rejected' });
    }
    const held = await mongoose.connection.collection('deals').countDocuments({ status: { $ne: 'rejected' } });
    expect(held).toBe(ROUNDS);
  },
  60_000 + ROUNDS * 2_000,
);

test('where names are only alike both stand, and a person is asked about the later one at least', async () => {
  const outcomes = await race([
    { company: 'Pemberlane Logistics', website: '' },
    { company: 'Pemberlaine Logistics', website: '' },
  ]);
  expect(outcomes.map(({ status }) => status)).not.toContain('rejected');
  expect(outcomes.map(({ code }) => code)).toContain('possible-duplicate');
});
