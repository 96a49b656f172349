import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ANA, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import type { Call } from '../../sandbox/world.ts';
import { HOME } from '../../support/builders.ts';
import { type Running, startMain } from '../../support/child.ts';
import { useMongo } from '../../support/mongo.ts';
import { bringCompanies, setDue, setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let sandbox: Sandbox;
const running: Running[] = [];
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ kill }) => kill()));
  // The processes write collections that this one has no model of.
  await Promise.all((await mongoose.connection.listCollections()).map(({ name }) => mongoose.connection.collection(name).deleteMany({})));
});

/** Jobs of another process are found by polling every few seconds, on a busy machine later. */
const WAIT_MS = 40_000;

const start = async () => {
  const main = await startMain(uri, sandbox);
  running.push(main);
  return main;
};
const cards = () => sandbox.messages({ as: ANA, channel: PARTNERSHIPS }).filter(({ blocks }) => blocks.length > 0);
/** How often each company is read in the channel's cards from `first` on. */
const timesShown = (first: number) => {
  const found = cards()
    .slice(first)
    .flatMap(({ blocks }) => JSON.stringify(blocks).match(/\*Oakfield \d+\*/g) ?? []);
  return Object.fromEntries([...new Set(found)].sort().map((name) => [name, found.filter((one) => one === name).length]));
};
const onceEach = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, index) => [`*Oakfield ${index + 1}*`, 1]));

/** A digest that is due this very minute, today, wherever the test runs. */
async function due(companies: number): Promise<void> {
  const now = new Date();
  await setUp(now, { hour: 0, timeZone: 'UTC' });
  await bringCompanies(companies, now);
  await setDue(HOME, new Date(now.getTime() - 1000));
}

/** What a dead process held is free again after minutes; this lets them pass. */
async function minutesPass(): Promise<void> {
  const past = new Date(Date.now() - 10 * 60_000);
  const db = mongoose.connection;
  await db.collection('posts').updateMany({ ts: null }, { $set: { claimedAt: past } });
  await db.collection('digests').updateMany({}, { $set: { createdAt: past } });
  await db.collection('jobs').updateMany({ lockedAt: { $ne: null } }, { $set: { lockedAt: past } });
  await db.collection('jobs').updateMany({ name: 'sweep-digests' }, { $set: { nextRunAt: past, lockedAt: null } });
}

/** Kills the process at the instant Slack has done what it was asked, before the process hears of it. */
function killAt(main: Running, isIt: (call: Call) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const { calls } = sandbox;
    calls.push = (...added: Call[]) => {
      if (added.some(isIt)) {
        main.child.kill('SIGKILL');
        Reflect.deleteProperty(calls, 'push');
        main.child.once('close', () => resolve());
      }
      return Array.prototype.push.apply(calls, added);
    };
  });
}

describe('killed in the middle', () => {
  const nth = (method: string, n: number) => {
    let seen = 0;
    return (call: Call) => call.method === method && ++seen === n;
  };
  test.each<[string, () => (call: Call) => boolean]>([
    ['before the digest is chosen', () => nth('conversations.info', 1)],
    ['between the choice and the post', () => nth('conversations.info', 2)],
    ['between Slack’s post and our note of it', () => nth('chat.postMessage', 1)],
    ['between the content and our note of it', () => nth('chat.update', 1)],
  ])('%s: after the restart every company is there once', async (_name, moment) => {
    await due(7);
    const before = cards().length;
    const first = await startMainThatDies(moment());
    expect(first.child.signalCode).toBe('SIGKILL');
    await start();
    await minutesPass();
    await sandbox.waitFor(() => Object.keys(timesShown(before)).length === 5, WAIT_MS);
    await minutesPass();
    await untilPosted();
    expect(timesShown(before)).toEqual(onceEach(5));
  });

  async function startMainThatDies(isIt: (call: Call) => boolean): Promise<Running> {
    // Due only once the process is up, so that the hook is in place before the first call.
    await setDue(HOME, new Date(Date.now() + 3_600_000));
    const main = await start();
    const dead = killAt(main, isIt);
    await setDue(HOME, new Date(Date.now() - 1000));
    await minutesPass();
    await dead;
    return main;
  }
});

test('two processes with a digest due post it once', async () => {
  await due(5);
  const before = cards().length;
  const [one, two] = await Promise.all([start(), start()]);
  await minutesPass();
  await sandbox.waitFor(() => Object.keys(timesShown(before)).length === 5, WAIT_MS);
  await untilPosted();
  expect(timesShown(before)).toEqual(onceEach(5));
  expect(cards().length).toBe(before + 1);
  expect([one.errors(), two.errors()].join('')).not.toMatch(/"level":50/);
});

async function untilPosted(): Promise<void> {
  const open = () => mongoose.connection.collection('digests').countDocuments({ postedAt: null });
  const digests = () => mongoose.connection.collection('digests').countDocuments();
  for (let waited = 0; (await open()) > 0 || (await digests()) === 0; waited++) {
    if (waited > 300) throw new Error('the digest was never posted');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
