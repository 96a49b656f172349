import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import mongoose from 'mongoose';
import { ACTIONS } from '../../blocks/ids.ts';
import { findCompanyByDomain } from '../../src/programme/companies/company-repository.ts';
import { databaseUri } from '../support/database-uri.ts';
import { chooseTestServer } from '../support/mongo-server.ts';
import { asRequest, type Payload, recorded } from '../support/recorded.ts';
import { type BareSlack, startBareSlack } from './bare-slack.ts';
import type { BenchRow } from './bench-row.ts';
import { BUILT_MAIN, freePort, startProcess } from './node-process.ts';
import { APP_ENV, seedWorkspaces, workspaceName } from './seed-workspaces.ts';
import type { Watched } from './watch-turns.ts';

const PEOPLE = 10;
const ROUNDS = 5;
const GOAL_MS = 1_000;
const TURN_GOAL_MS = 50;
const WITHIN_MS = 120_000;
const WORKSPACE = workspaceName(0);

/** What people do, in the words of the command, or what they click. */
const COMMANDS = {
  list: 'list',
  show: 'show company-77.example',
  find: 'find CRM agencies in Germany with 10 to 500 people',
  why: 'why company-123.example',
  weights: 'weights',
} as const;
type Deed = keyof typeof COMMANDS | 'home' | 'details';
const DEEDS: readonly Deed[] = ['list', 'show', 'find', 'why', 'weights', 'home', 'details'];

/** From the request until the answer that a person waits for has reached Slack, with `count` companies and ten people at once, each of whom
 *  does one thing after the other. Everybody did everything once before: what is read after a start is not counted, and said on stderr. */
export async function measureFelt(count = 100_000): Promise<BenchRow[]> {
  const mongo = await chooseTestServer(process.env);
  const slack = await startBareSlack();
  const watchPort = await freePort();
  try {
    const uri = databaseUri(mongo.uri, 'bench');
    await mongoose.connect(uri);
    await seedWorkspaces(1, count, new Date());
    const company = (await findCompanyByDomain(WORKSPACE, 'company-0.example'))?.id ?? '';
    await mongoose.disconnect();
    const env = { ...APP_ENV, MONGODB_URI: uri, SLACK_API_URL: slack.apiUrl, WATCH_PORT: String(watchPort), NODE_OPTIONS: WATCHED };
    const app = await startProcess(BUILT_MAIN, env);
    try {
      const person = { url: app.url, slack, company };
      const first = await oneAfterTheOther({ ...person, user: 'U0BENCH0' }, DEEDS);
      process.stderr.write(`felt: the first answers after the start took ${first.map(({ deed, ms }) => `${deed} ${ms}`).join(', ')} ms\n`);
      await round(person);
      const atWatch = `http://127.0.0.1:${watchPort}`;
      await fetch(atWatch);
      const felt = [];
      for (let turn = 0; turn < ROUNDS; turn++) felt.push(...(await round(person)));
      const watched = (await (await fetch(atWatch)).json()) as Watched; // only watch-turns.ts answers there
      return rowsOf(felt, watched);
    } finally {
      await app.stop();
    }
  } finally {
    await mongoose.disconnect();
    await slack.close();
    await mongo.stop();
  }
}

const WATCHED = `--import tsx --import ${new URL('./watch-turns.ts', import.meta.url).pathname}`;

type Felt = { deed: Deed; ms: number };
type Person = { url: string; slack: BareSlack; company: string; user: string };

/** Ten people, each beginning with something else. */
async function round(person: Omit<Person, 'user'>): Promise<Felt[]> {
  const all = Array.from({ length: PEOPLE }, (_, number) => {
    const turned = [...DEEDS.slice(number % DEEDS.length), ...DEEDS.slice(0, number % DEEDS.length)];
    return oneAfterTheOther({ ...person, user: `U0BENCH${number}` }, turned);
  });
  return (await Promise.all(all)).flat();
}

async function oneAfterTheOther(person: Person, deeds: readonly Deed[]): Promise<Felt[]> {
  const felt: Felt[] = [];
  for (const deed of deeds) {
    const start = performance.now();
    await doAndSee(person, deed);
    felt.push({ deed, ms: Math.round(performance.now() - start) });
  }
  return felt;
}

/** Sends what Slack would, and waits for the answer with the mark of this very request. */
async function doAndSee({ url, slack, company, user }: Person, deed: Deed): Promise<void> {
  const mark = randomUUID();
  const seen = slack.seen(deed === 'home' ? user : mark);
  const { body, type } = requestOf(deed, { slackUrl: slack.url, company, user, mark });
  const at = String(Math.floor(Date.now() / 1_000));
  const signature = `v0=${createHmac('sha256', APP_ENV.SLACK_SIGNING_SECRET).update(`v0:${at}:${body}`).digest('hex')}`;
  const headers = { ...type, 'x-slack-request-timestamp': at, 'x-slack-signature': signature };
  const answer = await fetch(`${url}/slack/events`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`${deed} was answered ${answer.status}`);
  const late = pause(WITHIN_MS, 'late', { ref: false });
  if ((await Promise.race([seen, late])) === 'late') throw new Error(`${deed} was never answered`);
}

function requestOf(deed: Deed, { slackUrl, company, user, mark }: { slackUrl: string; company: string; user: string; mark: string }) {
  if (deed === 'home') {
    const payload: Payload = recorded('event-home-opened', slackUrl);
    const event = { ...Object(payload.event), user, tab: 'home' };
    return asRequest('event-home-opened', { ...payload, team_id: WORKSPACE, authorizations: undefined, event, event_id: mark });
  }
  if (deed === 'details') {
    return asRequest('click', {
      ...recorded('click-in-message', slackUrl),
      team: { id: WORKSPACE, domain: 'bench' },
      user: { id: user, team_id: WORKSPACE },
      trigger_id: mark,
      actions: [{ type: 'button', action_id: ACTIONS.companyDetails, block_id: 'b', value: company, action_ts: '1795446216.103122' }],
    });
  }
  const payload = { ...recorded('command', slackUrl), team_id: WORKSPACE, user_id: user, text: COMMANDS[deed] };
  return asRequest('command', { ...payload, trigger_id: mark, response_url: `${slackUrl}/respond/${mark}` });
}

function rowsOf(felt: readonly Felt[], { delay, own }: Watched): BenchRow[] {
  const p95 = (some: readonly Felt[]) => some.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.floor(some.length * 0.95)] ?? Number.NaN;
  const row = (name: string, ours: number, unit: string, n: number): BenchRow => ({ name, ours, peer: null, ratio: null, unit, n });
  return [
    row('felt', p95(felt), `ms p95, at most ${GOAL_MS}`, felt.length),
    ...DEEDS.map((deed) => {
      const some = felt.filter((one) => one.deed === deed);
      return row(`felt-${deed}`, p95(some), 'ms p95', some.length);
    }),
    row('felt-turn', Math.round(delay), `ms, longest turn, at most ${TURN_GOAL_MS}`, felt.length),
    row('felt-turn-own', Math.round(own), 'ms of it on the processor', felt.length),
  ];
}
