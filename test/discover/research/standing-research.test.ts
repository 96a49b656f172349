import { addDays, addHours, addMinutes } from 'date-fns';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCandidatesJob } from '../../../jobs/discover/read-candidates.ts';
import { findLatestDigest } from '../../../src/discover/digest/digest-repository.ts';
import { prepareDigest } from '../../../src/discover/digest/prepare-digest.ts';
import { getResearch, listStanding } from '../../../src/discover/research/research-repository.ts';
import { getSpending, reserveSpending, spendingDay } from '../../../src/discover/research/spending-repository.ts';
import { lackingTypes, pauseStanding, startStanding } from '../../../src/discover/research/standing-research.ts';
import { cancelResearch, startResearch } from '../../../src/discover/research/start-research.ts';
import { createResearch } from '../../../src/llm.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { ANA, GENERAL, MIA, MILO, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { AT, aCompany, ana, aProgramme, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { type ResponsesRequest, startResponsesServer } from '../../support/responses-server.ts';
import { startSites } from '../../support/site-server.ts';
import { sweepAll } from '../../support/sweep-all.ts';

const { uri } = useMongo();
/** Several jobs come one after the other. */
const SLOW_MS = 20_000;
const PAGE = 'https://list.example/clinics';
const SAID = 'Data warehouse for private clinics and hospitals';
/** Whether the pages say what the company does. */
let known = true;
let server: Awaited<ReturnType<typeof startResponsesServer>>;
let tools: NonNullable<ReturnType<typeof createResearch>>;

const inputOf = ({ input }: ResponsesRequest) => JSON.parse(input.replace(/<\/?data>/g, ''));
beforeEach(async () => {
  known = true;
  server = await startResponsesServer(({ text }) => {
    if (text.format.name === 'research_plan') return { answer: { queries: ['clinic booking software'] }, searches: 0 };
    const [oneLiner, industries] = [
      { field: 'oneLiner', value: SAID, quote: SAID, url: PAGE },
      { field: 'industries', value: 'Healthcare', quote: 'Healthcare', url: PAGE },
    ];
    const facts = [
      { field: 'locations', value: 'Leeds, United Kingdom', quote: 'Leeds, United Kingdom', url: PAGE },
      ...(known ? [oneLiner, industries] : []),
    ];
    return { answer: { companies: [{ name: 'Oatley', website: 'oatley.example', url: PAGE, partner: null, facts }] }, sources: [PAGE] };
  });
  const made = createResearch(server.config);
  if (!made) throw new Error('there is a key');
  tools = made;
});
afterEach(() => server.close());

/** Europe/London, where the digest comes at eight: 23 November 2026 is a Monday. */
const at = (time: string) => new Date(`2026-11-${time}:00Z`);
const hadDigest = () => prepareDigest(HOME, { day: '2026-11-20', round: 0, by: 'schedule' }, at('20T08:00'));
const started = (when: Date, given = tools) => startStanding(HOME, given, when);

describe('when it is due', () => {
  beforeEach(() => aProgramme());

  test('once a working day, from an hour before the digest on, by whichever process comes first', async () => {
    await hadDigest();
    expect(await started(at('22T12:00'))).toBeNull(); // a Sunday
    expect(await started(at('23T06:59'))).toBeNull();
    const both = await Promise.all([started(at('23T07:00')), started(at('23T07:00'))]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(both.find(Boolean)).toMatchObject({ by: 'schedule', wanted: { types: ['technology'], regions: 'United Kingdom' } });
    expect(await listAudit(HOME, { action: 'research.start' })).toMatchObject([{ by: 'system' }]);
    expect(await started(at('23T12:00'))).toBeNull();
  });

  test('the very first one at once, on whatever day; not before set-up says where, nor without a model', async () => {
    expect(await startStanding(HOME, null, at('22T23:00'))).toBeNull();
    await aProgramme('T0OTHER');
    expect(await startStanding('T0NEW', tools, at('22T23:00'))).toBeNull();
    expect(await started(at('22T23:00'))).not.toBeNull();
    expect(await startStanding('T0OTHER', tools, at('22T23:00'))).toMatchObject({ workspaceId: 'T0OTHER' });
  });

  test('not where the day’s budget has no room for one search', async () => {
    const day = spendingDay(AT);
    const most = { searches: 80, tokens: 2_000_000, microUsd: 3_000_000 };
    await reserveSpending(HOME, day, { searches: 0, tokens: 0, microUsd: 2_960_000 }, most);
    expect(await started(AT)).toBeNull();
    expect(await getSpending(HOME, day)).toMatchObject({ microUsd: 2_960_000 });
    expect(await started(AT, { ...tools, perDayUsd: 4 })).not.toBeNull();
    expect(await started(addDays(AT, 1), { ...tools, perDayUsd: 0.01 })).toBeNull();
  });
});

describe('somebody’s own research', () => {
  beforeEach(() => aProgramme());

  test('goes first: a standing one gives way and is taken up again when it has ended, a few times a day', async () => {
    await hadDigest();
    for (let turn = 0; turn < 3; turn++) {
      const standing = await started(addMinutes(AT, turn));
      if (!standing) throw new Error(`turn ${turn} did not start`);
      const own = await startResearch(milo, 'clinics', tools, AT);
      expect(await getResearch(HOME, standing.id)).toMatchObject({ status: 'cancelled', note: { code: 'gave-way' } });
      expect(await started(addMinutes(AT, turn))).toBeNull();
      await expect(startResearch(ana, 'others', tools, AT)).rejects.toMatchObject({ code: 'research-running' });
      await cancelResearch(milo, own.id, AT);
    }
    expect(await started(addHours(AT, 1))).toBeNull();
    expect(await started(addDays(AT, 1))).not.toBeNull();
  });

  test('pausing stops the run under way and all that follow, for managers only; going on takes it up again', async () => {
    const standing = await started(AT);
    for (const actor of [mia, pia]) await expect(pauseStanding(actor, true, AT)).rejects.toMatchObject({ name: 'Refusal' });
    expect((await getProgramme(HOME)).researchPaused).toBeUndefined();
    await Promise.all([pauseStanding(milo, true, AT), pauseStanding(ana, true, AT)]);
    await pauseStanding(milo, true, AT);
    expect(await getResearch(HOME, standing?.id ?? '')).toMatchObject({ status: 'cancelled', note: { code: 'paused' } });
    expect(await started(addDays(AT, 1))).toBeNull();
    await pauseStanding(milo, false, AT);
    expect(await started(addMinutes(AT, 1))).not.toBeNull();
    // Saving a step of set-up changes nothing of it.
    await pauseStanding(milo, true, AT);
    const { company } = await getProgramme(HOME);
    if (company) await saveProgramme(ana, 'company', company, AT);
    expect((await getProgramme(HOME)).researchPaused).toBe(true);
    // And what somebody asks for is looked for all the same.
    expect(await startResearch(milo, 'clinics', tools, AT)).toMatchObject({ status: 'running' });
  });
});

describe('what it looks for', () => {
  test('all wanted types before the first digest, then those it could not serve, else the rarest in their turn', async () => {
    await aProgramme();
    const digest = await hadDigest();
    const item = { companyId: 'x', name: 'X', domain: 'x.example', oneLiner: '', score: 1, known: 1, reasons: [] };
    const wanted = ['reseller', 'agency', 'technology'] as const;
    expect(lackingTypes(wanted, null, 5)).toEqual(wanted);
    expect(lackingTypes(wanted, { ...digest, unserved: ['technology', 'affiliate', 'agency'] }, 5)).toEqual(['agency', 'technology']);
    const served = { ...digest, unserved: [], items: [{ ...item, type: 'reseller' as const }] };
    expect([0, 1, 2].map((turn) => lackingTypes(wanted, served, turn))).toEqual([['agency'], ['technology'], ['agency']]);
  });
});

describe('in Slack', () => {
  let product: Product;
  let sites: Awaited<ReturnType<typeof startSites>>;
  let clock = AT;
  const channel = () => product.sandbox.messages({ as: ANA, channel: PARTNERSHIPS });
  const home = (who: string, part: string) =>
    product.sandbox.waitFor(() => (JSON.stringify(product.sandbox.home(who)).includes(part) ? product.sandbox.home(who) : null));

  beforeEach(async () => {
    clock = AT;
    sites = await startSites({ 'list.example/clinics': `<p>Oatley</p><p>${SAID}</p><p>Healthcare</p><p>Leeds, United Kingdom</p>` });
    product = await startProduct(uri, { now: () => clock, env: server.env, network: sites.network });
  });
  afterEach(async () => {
    await product.stop();
    await sites.close();
  });

  test('a workspace with nothing but its set-up gets companies and its first digest; one card tells of the research', async () => {
    await aProgramme();
    await sweepAll(product.deps);
    const digest = await product.sandbox.waitFor(
      () => channel().find(({ text, blocks }) => text.startsWith('1 partner candidate for') && blocks.length > 2),
      SLOW_MS,
    );
    expect(JSON.stringify(digest.blocks)).toContain('Oatley');
    const card = await product.sandbox.waitFor(
      () => channel().find(({ blocks }) => JSON.stringify(blocks).includes('Started by itself')),
      SLOW_MS,
    );
    expect(JSON.stringify(card.blocks)).toContain('1 company found, 1 new');
    expect(await findLatestDigest(HOME)).toMatchObject({ day: '2026-11-23', round: 0 });
    await product.sandbox.waitFor(() => channel().length === 3, SLOW_MS);
    // The second reader asks the same endpoint, and is no research.
    await readCandidatesJob.run({ workspaceId: HOME }, product.deps);
    for (let hour = 1; hour < 6; hour++) {
      clock = addHours(AT, hour);
      await sweepAll(product.deps);
    }
    expect(await listStanding(HOME, 9)).toHaveLength(1);
    expect(channel()).toHaveLength(3);
    // The next day it looks elsewhere, and past what is known.
    clock = addDays(AT, 1);
    await sweepAll(product.deps);
    await product.sandbox.waitFor(() => server.requests.length === 4, SLOW_MS);
    expect(inputOf(server.requests[2] as ResponsesRequest)).toMatchObject({ asked: ['clinic booking software'] });
    expect(inputOf(server.requests[3] as ResponsesRequest)).toMatchObject({
      leaveOut: expect.arrayContaining(['oatley.example', 'larkspur.example']),
    });
  });

  test('a first research that finds nobody to suggest uses up no digest', async () => {
    known = false;
    await aProgramme();
    await sweepAll(product.deps);
    await product.sandbox.waitFor(() => channel().find(({ blocks }) => JSON.stringify(blocks).includes('1 company found, 1 new')), SLOW_MS);
    expect(await findLatestDigest(HOME)).toBeNull();
  });

  test('set-up says that it looks now only where a research starts, or is under way', async () => {
    const most = { searches: 80, tokens: 2_000_000, microUsd: 3_000_000 };
    await aProgramme();
    const { sender } = await getProgramme(HOME);
    const saved = async (shown: string) => {
      await mongoose.connection.collection<{ _id: string }>('programmes').updateOne({ _id: HOME }, { $set: { sender: null } });
      const as = product.sandbox.as(ANA);
      const modal = (words: string) =>
        product.sandbox.waitFor(() => {
          const open = product.sandbox.modal(ANA);
          return JSON.stringify(open?.blocks ?? []).includes(words) ? open : null;
        }, SLOW_MS);
      await as.command(GENERAL, '/partners setup');
      await as.submit(await modal('Postal address'), { ...sender });
      const done = await modal(shown);
      await as.close(done);
      return JSON.stringify(done.blocks).includes('I look for the first companies');
    };
    await reserveSpending(HOME, spendingDay(AT), { searches: 0, tokens: 0, microUsd: 2_999_000 }, most);
    expect([await saved('Everything is set'), await listStanding(HOME, 9)]).toEqual([false, []]);
    clock = addDays(AT, 1);
    expect([await saved('Everything is set'), (await listStanding(HOME, 9)).length]).toEqual([true, 1]);
  });

  test('managers see on Home what it does and costs, and pause it there; nobody else does', async () => {
    await aProgramme();
    await aCompany();
    await hadDigest();
    await product.sandbox.as(MIA).openHome();
    expect(JSON.stringify(await home(MIA, 'Partnerships'))).not.toContain('Research by itself');
    await product.sandbox.as(MILO).openHome();
    const shown = await home(MILO, '*Research by itself* looks for new companies each working day · $0.00 of today’s $3.00 used');
    await product.sandbox.as(MILO).click(shown, 'research.pause');
    const paused = await home(MILO, '*Research by itself* is paused');
    expect((await getProgramme(HOME)).researchPaused).toBe(true);
    await sweepAll(product.deps);
    expect(await listStanding(HOME, 9)).toEqual([]);
    await product.sandbox.as(MILO).click(paused, 'research.go-on');
    await home(MILO, 'looks for new companies each working day');
    expect((await getProgramme(HOME)).researchPaused).toBe(false);
  });
});
