import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { ACTIONS } from '../../blocks/ids.ts';
import { findCompanyByDomain } from '../../src/programme/companies/company-repository.ts';
import { databaseUri } from '../support/database-uri.ts';
import { chooseTestServer } from '../support/mongo-server.ts';
import { asRequest, type RawRequest, recorded } from '../support/recorded.ts';
import type { Load, LoadResult } from './ack-load.ts';
import { startBareSlack } from './bare-slack.ts';
import { type BenchRow, median } from './bench-row.ts';
import { BUILT_MAIN, type NodeProcess, startProcess } from './node-process.ts';
import { APP_ENV, SLACK_USER, seedWorkspaces, workspaceName } from './seed-workspaces.ts';

const PER_SECOND = 200;
const SECONDS = 5;
const ROUNDS = 7;
const BUSY_GOAL_MS = 100;
const WORKSPACE = workspaceName(0);

/** p99 until `/partners help` and a click on *Details* are acknowledged, in turn at 200 a second, by the product in a process of its own
 *  with all its work behind it; and by Bolt with empty listeners. Rounds alternate, the first of each is for warming up. */
export async function measureAck(): Promise<BenchRow[]> {
  const mongo = await chooseTestServer(process.env);
  const slack = await startBareSlack();
  const load = fork('test/bench/ack-load.ts', { execArgv: ['--import', 'tsx'] });
  const processes: NodeProcess[] = [];
  try {
    const uri = databaseUri(mongo.uri, 'bench');
    await mongoose.connect(uri);
    await seedWorkspaces(1, 36, new Date());
    const requests = await requestsTo(slack.url);
    const app = await startProcess(BUILT_MAIN, { ...APP_ENV, MONGODB_URI: uri, SLACK_API_URL: slack.apiUrl });
    processes.push(app);
    const floor = await startProcess('test/bench/ack-floor.ts', APP_ENV);
    processes.push(floor);
    const ours: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const [first, second] = [await p99(load, floor, requests), await p99(load, app, requests)];
      if (round > 0) peer.push(first);
      if (round > 0) ours.push(second);
    }
    const [typical, floorTypical] = [round2(median(ours)), round2(median(peer))];
    const n = ROUNDS * SECONDS * PER_SECOND;
    const busy = await whileBusy(uri, () => p99(load, app, requests));
    return [
      { name: 'ack', ours: typical, peer: floorTypical, ratio: typical / floorTypical, unit: 'ms p99', n },
      {
        name: 'ack-busy',
        ours: round2(median(busy)),
        peer: null,
        ratio: null,
        unit: `ms p99 beside an import and a digest, at most ${BUSY_GOAL_MS}`,
        n: busy.length * SECONDS * PER_SECOND,
      },
    ];
  } finally {
    load.kill();
    await Promise.all(processes.map((one) => one.stop()));
    await mongoose.disconnect();
    await slack.close();
    await mongo.stop();
  }
}

/** The figures of the rounds that fit into the time another process takes to import 50,000 rows and make a digest of them. */
async function whileBusy(uri: string, round: () => Promise<number>): Promise<number[]> {
  const neighbour = fork('test/bench/busy-neighbour.ts', { execArgv: ['--import', 'tsx'], env: { ...process.env, MONGODB_URI: uri } });
  try {
    await once(neighbour, 'message');
    let isDone = false;
    const done = once(neighbour, 'exit').then(() => {
      isDone = true;
    });
    const figures: number[] = [];
    while (!isDone) figures.push(await round());
    await done;
    if (neighbour.exitCode !== 0) throw new Error('the import or the digest beside the acknowledgements failed');
    return figures;
  } finally {
    neighbour.kill();
  }
}

async function requestsTo(slackUrl: string): Promise<RawRequest[]> {
  const company = await findCompanyByDomain(WORKSPACE, 'company-0.example');
  const command = { ...recorded('command', slackUrl), team_id: WORKSPACE, user_id: SLACK_USER, text: 'help' };
  const click = {
    ...recorded('click-in-message', slackUrl),
    team: { id: WORKSPACE, domain: 'bench' },
    user: { id: SLACK_USER, team_id: WORKSPACE },
    actions: [{ type: 'button', action_id: ACTIONS.companyDetails, block_id: 'b', value: company?.id, action_ts: '1795446216.103122' }],
  };
  return [asRequest('command', command), asRequest('click', click)];
}

async function p99(load: ChildProcess, { url }: NodeProcess, requests: RawRequest[]): Promise<number> {
  const asked: Load = { url, signingSecret: APP_ENV.SLACK_SIGNING_SECRET, requests, perSecond: PER_SECOND, seconds: SECONDS };
  load.send(asked);
  // Only `ack-load.ts` is at the other end.
  const [{ waits, failures }] = (await once(load, 'message')) as [LoadResult];
  if (failures > 0) throw new Error(`${failures} of ${waits.length} requests were not acknowledged`);
  // Lets the answers behind the acknowledgements finish before the next round.
  await pause(1_000);
  return waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? Number.NaN;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
