import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { databaseUri } from '../support/database-uri.ts';
import { chooseTestServer } from '../support/mongo-server.ts';
import { startBareSlack } from './bare-slack.ts';
import { type BenchRow, lessIsBetter } from './bench-row.ts';
import { BUILT_MAIN, type NodeProcess, startProcess } from './node-process.ts';
import { APP_ENV, makeAllDue, seedWorkspaces } from './seed-workspaces.ts';

const COMPANIES = 36;
const PROCESSES = 2;
const GOAL_MS = 40;
const WITHIN_MS = 10 * 60_000;
/** After the last post, long enough for a double to show itself. */
const AFTERWARDS_MS = 5_000;

/** `count` workspaces fall due at the same instant before two idle processes on one database. Throws unless each is posted exactly
 *  once. Ours is the time on the processor of both processes for one digest; that of the database is not in it. */
export async function measureDigestFanout(count = 1_000): Promise<BenchRow[]> {
  const mongo = await chooseTestServer(process.env);
  const slack = await startBareSlack();
  const apps: NodeProcess[] = [];
  try {
    const uri = databaseUri(mongo.uri, 'bench');
    await mongoose.connect(uri);
    const now = new Date();
    await seedWorkspaces(count, COMPANIES, now);
    for (let made = 0; made < PROCESSES; made++) {
      apps.push(await startProcess(BUILT_MAIN, { ...APP_ENV, MONGODB_URI: uri, SLACK_API_URL: slack.apiUrl }));
    }
    const before = await cpuOf(apps);
    const started = performance.now();
    await makeAllDue(count, now);
    while (slack.filled.size < count && performance.now() - started < WITHIN_MS) await pause(50);
    const seconds = (performance.now() - started) / 1000;
    const cpu = (await cpuOf(apps)) - before;
    await pause(AFTERWARDS_MS);
    demandOnce(slack, count);
    const each = Math.round((cpu / count) * 10) / 10;
    return [
      lessIsBetter({ name: 'digest-fanout', ours: each, peer: GOAL_MS, unit: 'ms of CPU a digest', n: count }),
      lessIsBetter({ name: 'digest-fanout-all', ours: Math.round(seconds), peer: 60, unit: 's until all are posted', n: count }),
    ];
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
    await mongoose.disconnect();
    await slack.close();
    await mongo.stop();
  }
}

async function cpuOf(apps: readonly NodeProcess[]): Promise<number> {
  const figures = await Promise.all(apps.map((app) => app.cpuMs()));
  return figures.reduce((sum, figure) => sum + figure, 0);
}

function demandOnce({ posted, filled }: { posted: Map<string, number>; filled: Set<string> }, count: number): void {
  const doubles = [...posted.values()].filter((times) => times !== 1).length;
  if (posted.size !== count || filled.size !== count || doubles > 0) {
    throw new Error(`of ${count} digests ${posted.size} were posted, ${filled.size} filled and ${doubles} posted more than once`);
  }
}
