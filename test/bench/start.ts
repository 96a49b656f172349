import { setTimeout as pause } from 'node:timers/promises';
import { databaseUri } from '../support/database-uri.ts';
import { chooseTestServer } from '../support/mongo-server.ts';
import { startBareSlack } from './bare-slack.ts';
import { type BenchRow, lessIsBetter, median } from './bench-row.ts';
import { BUILT_MAIN, startProcess } from './node-process.ts';
import { APP_ENV } from './seed-workspaces.ts';

const RUNS = 7;
const GOAL_MS = 1_500;
const GOAL_MB = 150;
const SETTLED_MS = 1_000;

/** Starts the product as `npm start` does, on a database it has seen before, until it answers; memory a second later. */
export async function measureStart(): Promise<BenchRow[]> {
  const mongo = await chooseTestServer(process.env);
  const slack = await startBareSlack();
  const times: number[] = [];
  const sizes: number[] = [];
  try {
    for (let run = 0; run <= RUNS; run++) {
      const app = await startProcess(BUILT_MAIN, { ...APP_ENV, MONGODB_URI: databaseUri(mongo.uri, 'bench'), SLACK_API_URL: slack.apiUrl });
      await pause(SETTLED_MS);
      // The first start makes the indexes and warms the disk; it is not counted.
      if (run > 0) times.push(app.readyMs);
      if (run > 0) sizes.push(await app.megabytes());
      await app.stop();
    }
  } finally {
    await slack.close();
    await mongo.stop();
  }
  return [
    lessIsBetter({ name: 'start', ours: Math.round(median(times)), peer: GOAL_MS, unit: 'ms', n: RUNS }),
    lessIsBetter({ name: 'start-memory', ours: Math.round(median(sizes)), peer: GOAL_MB, unit: 'MB resident', n: RUNS }),
  ];
}
