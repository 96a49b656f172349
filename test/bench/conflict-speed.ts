import Fuse from 'fuse.js';
import mongoose from 'mongoose';
import { matchKeys } from '../../src/manage/conflicts/match-keys.ts';
import { AccountModel, OpportunityModel } from '../../src/manage/crm/crm-models.ts';
import { findMirrored } from '../../src/manage/crm/meet-mirror.ts';
import { CompanyModel } from '../../src/programme/companies/company-repository.ts';
import { databaseUri } from '../support/database-uri.ts';
import { chooseTestServer } from '../support/mongo-server.ts';
import { type BenchRow, lessIsBetter } from './bench-row.ts';

/** `CONFLICT_SIZE=100000` is a shorter run. */
const SIZE = Number(process.env.CONFLICT_SIZE ?? 1_000_000);
const CHECKS = 500;
const FUSE_SEARCHES = 3;
const GOAL_MS = 5;
const SLICE = 5_000;
const WORKSPACE = 'T0BENCH';

const SYLLABLES = 'ba ke lo mi nu pra ste vor lin dex ora tem qui zan fel gor hy ix jun wa'.split(' ');
const COMMON = 'Systems Health Labs Group Solutions Digital Energy Capital Media Logistics Software Analytics Robotics Foods Cloud'.split(
  ' ',
);
const FORMS = ['', ' Inc.', ' GmbH', ' Ltd', ', LLC', ' SAS', ' B.V.'];

/** The name and domain of the opportunity of this number: a made-up word of three to five syllables, rare as the names of real companies are, often with a
 *  common word behind it, and a legal form. */
function named(number: number): { name: string; domain: string } {
  // Knuth's multiplicative hash: neighbours have nothing in common.
  const mixed = (number * 2_654_435_761) % 2 ** 32;
  const pick = <Item>(from: readonly Item[], salt: number): Item | undefined => from[Math.floor(mixed / salt) % from.length];
  const count = 3 + (number % 3);
  const word = Array.from({ length: count }, (_, at) => SYLLABLES[Math.floor(mixed / SYLLABLES.length ** at) % SYLLABLES.length]).join('');
  const common = number % 3 === 0 ? '' : ` ${pick(COMMON, 31)}`;
  return { name: `${word[0]?.toUpperCase()}${word.slice(1)}${common}${pick(FORMS, 17)}`, domain: `${word}-${number}.example` };
}

function* opportunities() {
  const none = {
    aliases: [],
    country: 'DE',
    city: null,
    ownerId: null,
    lastActivityAt: null,
    deletedAt: null,
    accountId: null,
    value: null,
  };
  const at = new Date('2026-11-01T09:00:00Z');
  for (let number = 0; number < SIZE; number++) {
    const { name, domain } = named(number);
    const whose = { _id: `${WORKSPACE}:csv:${number}`, workspaceId: WORKSPACE, source: 'csv', sourceId: String(number), changedAt: at };
    const dates = { createdAt: at, closeOn: null, closedAt: null, partnerDealId: null };
    const keys = matchKeys({ names: [name], domains: [domain] });
    yield { ...whose, ...none, ...dates, name, accountName: name, domains: [domain], stage: 'Open', state: 'open', keys };
  }
}

/** The check of a registration against 1,000,000 open opportunities in the database; a third are on file by their domain, a third by a mistyped name, a
 *  third are new. Beside it, one search of Fuse.js among the same names in memory. */
export async function measureConflictSpeed(): Promise<BenchRow[]> {
  const mongo = await chooseTestServer(process.env);
  try {
    await mongoose.connect(databaseUri(mongo.uri, 'bench'));
    await Promise.all([OpportunityModel.init(), AccountModel.init(), CompanyModel.init()]);
    const database = mongoose.connection.collection<{ _id: string }>(OpportunityModel.collection.name);
    let slice = [];
    for (const opportunity of opportunities()) {
      if (slice.push(opportunity) < SLICE) continue;
      await database.insertMany(slice);
      slice = [];
    }
    if (slice.length > 0) await database.insertMany(slice);
    const took = await timedChecks();
    const p95 = took[Math.floor(took.length * 0.95)] ?? Number.NaN;
    const middle = took[Math.floor(took.length / 2)] ?? Number.NaN;
    process.stderr.write(`${SIZE} opportunities, ${mongo.from}; ${await memoryWords(database, mongo.kind)}\n`);
    return [
      { name: 'conflict-speed', ours: p95, peer: null, ratio: null, unit: `ms p95, at most ${GOAL_MS}`, n: SIZE },
      lessIsBetter({ name: 'conflict-speed-middle', ours: middle, peer: fuseSearch(), unit: 'ms, beside one search of Fuse.js', n: SIZE }),
    ];
  } finally {
    await mongoose.disconnect();
    await mongo.stop();
  }
}

/** What the index takes on disk, and what this process has in memory. */
async function memoryWords(database: mongoose.mongo.Collection<{ _id: string }>, kind: 'mongodb' | 'embedded'): Promise<string> {
  const own = `this process ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`;
  if (kind === 'embedded') return own;
  const stats = await database.aggregate([{ $collStats: { storageStats: {} } }]).next();
  return `${own}, indexes ${Math.round(Number(stats?.storageStats?.totalIndexSize) / 2 ** 20)} MB`;
}

/** Milliseconds of each check, sorted. */
async function timedChecks(): Promise<number[]> {
  const at = new Date('2026-11-28T09:00:00Z');
  const took: number[] = [];
  for (let number = 0; number < CHECKS; number++) {
    const { name, domain } = named((number * 7_919) % SIZE);
    const [typed = '', site] = [
      [name, domain],
      [`${name.slice(0, 3)}${name.slice(4)}`, ''],
      [`Quen${name.slice(2)} Partners`, `new-${domain}`],
    ][number % 3] ?? ['', ''];
    const said = { names: [typed], sites: site ? [site] : [], country: 'DE', city: null };
    const start = performance.now();
    await findMirrored(WORKSPACE, said, at);
    took.push(performance.now() - start);
  }
  return took.sort((a, b) => a - b);
}

/** Milliseconds of one search among all names. */
function fuseSearch(): number {
  const fuse = new Fuse(Array.from({ length: SIZE }, (_, number) => named(number).name));
  const start = performance.now();
  for (let number = 0; number < FUSE_SEARCHES; number++) fuse.search(named((number * 7_919) % SIZE).name, { limit: 5 });
  return (performance.now() - start) / FUSE_SEARCHES;
}
