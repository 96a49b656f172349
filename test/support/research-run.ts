import { addSeconds } from 'date-fns';
import { afterEach, beforeEach } from 'vitest';
import { getResearch } from '../../src/discover/research/research-repository.ts';
import { getSpending, spendingDay } from '../../src/discover/research/spending-repository.ts';
import { startResearch } from '../../src/discover/research/start-research.ts';
import { workResearch } from '../../src/discover/research/work-research.ts';
import type { Network } from '../../src/discover/website/network.ts';
import { createResearch } from '../../src/llm.ts';
import { AT, aProgramme, HOME, milo } from './builders.ts';
import { type ResponsesReply, type ResponsesRequest, startResponsesServer } from './responses-server.ts';
import { startSites } from './site-server.ts';

type Server = Awaited<ReturnType<typeof startResponsesServer>>;
let running: Server | undefined;
let sites: Awaited<ReturnType<typeof startSites>> | undefined;

/** The model's server and the time of the test under way. */
export const world = {
  clock: AT,
  /** The way to the pages that answers name. */
  get network(): Network {
    if (!sites) throw new Error('there are no sites outside of a test');
    return sites.network;
  },
  get server(): Server {
    if (!running) throw new Error('no research was started');
    return running;
  },
  set server(started: Server) {
    running = started;
  },
};

/** A workspace that is set up, before each test; the database is the test file's. */
export function useResearch(): void {
  beforeEach(async () => {
    world.clock = AT;
    await aProgramme();
  });
  beforeEach(async () => {
    sites = await startSites(SITES);
  });
  afterEach(async () => {
    await running?.close();
    running = undefined;
    await sites?.close();
  });
}

export const PAGE = 'https://list.example/clinics';
export const company = (name: string, more: object[] = []) => ({
  name,
  website: `https://${name.toLowerCase()}.example`,
  url: PAGE,
  partner: { type: 'technology', why: `What ${name} books, you report on`, quote: 'books appointments', url: PAGE },
  facts: [{ field: 'oneLiner', value: `${name} books appointments for clinics`, quote: 'appointments for clinics', url: PAGE }, ...more],
});
/** Oatley, Oatley1, Oatley2 … and a few more are named on the page. */
const NAMES = ['Mossgrove', 'Fernhill', 'Ghost', ...Array.from({ length: 40 }, (_, n) => `Oatley${n || ''}`)];
const SITES = { 'list.example/clinics': `<p>Who books appointments for clinics since 2011</p><p>${NAMES.join(', ')}</p>` };
export const found = (...names: string[]) => ({ answer: { companies: names.map((name) => company(name)) }, sources: [PAGE] });
export const plan = (...queries: string[]): ResponsesReply => ({
  answer: { queries },
  searches: 0,
  usage: { input_tokens: 400, output_tokens: 100 },
});
export const isPlan = ({ text }: ResponsesRequest) => text.format.name === 'research_plan';
export const spentOf = async () => getSpending(HOME, spendingDay(AT));

/** A run against a server; `config` changes settings. */
export async function start(replies: Parameters<typeof startResponsesServer>[0], config: object = {}) {
  world.server = await startResponsesServer(replies);
  const tools = createResearch({ ...world.server.config, ...config });
  const { id } = await startResearch(milo, 'booking for clinics', tools, world.clock);
  const work = () => workResearch(HOME, id, { research: tools, network: world.network, now: () => world.clock });
  const finish = async () => {
    for (let turn = 0; turn < 50 && (await work()).more; turn++) world.clock = addSeconds(world.clock, 1);
    return getResearch(HOME, id);
  };
  return { id, tools, work, finish };
}
