import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, MongoClient } from 'mongodb';
import { chooseTestServer } from '../support/mongo-server.ts';
import { type BenchRow, lessIsBetter, median } from './bench-row.ts';
import { startProcess } from './node-process.ts';

type Thing = { _id: number; workspace: string; domain: string; tags: string[]; employees: number; text: string };

const SERVER = 'test/bench/embedded-server.ts';
const SINGLE = 300;
const BULK = 1_000;
const BULKS = 10;
const STORED = 100_000;
const START_GOAL_MS = 1_000;

/** The embedded database beside `mongod`, each in a process of its own; the same operations in turn, so that whatever else the machine
 *  does hits both. Without a `mongod` the engine's own figures stand on both sides. */
export async function measureEmbedded(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prm-'));
  const peer = await chooseTestServer(process.env);
  try {
    if (peer.kind === 'embedded') process.stderr.write('There is no mongod here: the peer is the embedded database too.\n');
    return [...(await compare(folder, peer.uri)), await measureStart(folder)];
  } finally {
    await peer.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(folder: string, peerUri: string): Promise<BenchRow[]> {
  const server = await startProcess(SERVER, { DATA_DIR: folder });
  const clients = await Promise.all([await uriAt(server.url), peerUri].map((uri) => MongoClient.connect(uri)));
  try {
    const [ours, peer] = clients.map((client) => client.db(`bench-${process.pid}`).collection<Thing>('things'));
    if (!ours || !peer) throw new Error('two clients were connected');
    for (const things of [ours, peer])
      await things.createIndexes([{ key: { workspace: 1, domain: 1 }, unique: true }, { key: { tags: 1 } }]);
    const rows = await measureAll(ours, peer);
    await fill(ours);
    await peer.drop();
    return rows;
  } finally {
    await Promise.all(clients.map((client) => client.close()));
    await server.stop();
  }
}

async function measureAll(ours: Collection<Thing>, peer: Collection<Thing>): Promise<BenchRow[]> {
  const inTurn = async (name: string, n: number, unit: string, act: (things: Collection<Thing>, at: number) => Promise<unknown>) => {
    const times: [number[], number[]] = [[], []];
    for (let at = 0; at < n; at++) {
      times[0].push(await elapsed(() => act(ours, at)));
      times[1].push(await elapsed(() => act(peer, at)));
    }
    const [mine, theirs] = times.map((values) => Math.round(median(values) * 1000) / 1000);
    return lessIsBetter({ name: `embedded-${name}`, ours: mine ?? 0, peer: theirs ?? 0, unit, n });
  };
  const group = [
    { $match: { employees: { $gte: 10 } } },
    { $group: { _id: '$employees', count: { $sum: 1 }, domain: { $min: '$domain' } } },
    { $sort: { count: -1, _id: 1 } },
  ];
  return [
    await inTurn('bulk', BULKS, `ms for ${BULK} inserts`, (things, at) => things.insertMany(slice(at * BULK, BULK))),
    await inTurn('insert', SINGLE, 'ms', (things, at) => things.insertOne(thing(BULK * BULKS + at))),
    await inTurn('update', SINGLE, 'ms by _id', (things, at) =>
      things.updateOne({ _id: at * 31 }, { $set: { text: 'new' }, $inc: { employees: 1 } }),
    ),
    await inTurn('find', SINGLE, 'ms by an index', (things, at) => things.findOne({ workspace: 'T1', domain: `c${at * 31}.example` })),
    await inTurn('aggregate', 5, `ms over ${BULK * BULKS}`, (things) => things.aggregate(group).toArray()),
  ];
}

async function fill(things: Collection<Thing>): Promise<void> {
  for (let from = await things.countDocuments(); from < STORED; from += BULK) await things.insertMany(slice(from, BULK));
}

/** Until the embedded database answers, in a process that has just started. */
async function measureStart(folder: string): Promise<BenchRow> {
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    const server = await startProcess(SERVER, { DATA_DIR: folder });
    times.push(Number(await (await fetch(`${server.url}/started`)).text()));
    await server.stop();
  }
  return lessIsBetter({ name: 'embedded-start', ours: Math.round(median(times)), peer: START_GOAL_MS, unit: 'ms', n: STORED });
}

async function uriAt(url: string): Promise<string> {
  return (await fetch(`${url}/uri`)).text();
}

function slice(from: number, count: number): Thing[] {
  return Array.from({ length: count }, (_, index) => thing(from + index));
}

function thing(n: number): Thing {
  return { _id: n, workspace: 'T1', domain: `c${n}.example`, tags: [`t${n % 50}`, 'all'], employees: n % 200, text: 'x'.repeat(200) };
}

async function elapsed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
