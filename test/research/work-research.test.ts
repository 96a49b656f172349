import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { addDays, addHours, addMinutes, addSeconds } from 'date-fns';
import { researchCard, researchFindings } from '../../blocks/research-card.ts';
import { listAudit } from '../../src/audit/audit-repository.ts';
import { countCompanies, findCompanyByDomain } from '../../src/companies/company-repository.ts';
import { saveReadFacts } from '../../src/companies/save-read-facts.ts';
import { createResearch } from '../../src/llm-web.ts';
import { amountOf, MOST_PER_QUESTION, PER_RUN } from '../../src/research/budget.ts';
import { MOST_SEARCHES } from '../../src/research/research.ts';
import * as researches from '../../src/research/research-repository.ts';
import { getSpending, spendingDay } from '../../src/research/spending-repository.ts';
import { cancelResearch, startResearch } from '../../src/research/start-research.ts';
import { workResearch } from '../../src/research/work-research.ts';
import { AT, aCompany, ana, aProgramme, HOME, mia, milo, pia } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type ResponsesReply, type ResponsesRequest, startResponsesServer } from '../support/responses-server.ts';

useMongo();
let server: Awaited<ReturnType<typeof startResponsesServer>>;
let clock = AT;
const now = () => clock;
beforeEach(async () => {
  clock = AT;
  await aProgramme();
});
afterEach(() => server?.close());

const PAGE = 'https://list.example/clinics';
const company = (name: string, more: object[] = []) => ({
  name,
  website: `https://${name.toLowerCase()}.example`,
  url: PAGE,
  facts: [{ field: 'oneLiner', value: `${name} books appointments for clinics`, url: PAGE }, ...more],
});
const found = (...names: string[]) => ({ answer: { companies: names.map((name) => company(name)) }, sources: [PAGE] });
const plan = (...queries: string[]): ResponsesReply => ({
  answer: { queries },
  searches: 0,
  usage: { input_tokens: 400, output_tokens: 100 },
});
const isPlan = ({ text }: ResponsesRequest) => text.format.name === 'research_plan';
const spentOf = async () => getSpending(HOME, spendingDay(AT));

/** A run against a server; `config` changes settings. */
async function start(replies: Parameters<typeof startResponsesServer>[0], config: object = {}) {
  server = await startResponsesServer(replies);
  const tools = createResearch({ ...server.config, ...config });
  const { id } = await startResearch(milo, 'booking for clinics', tools, clock);
  const work = () => workResearch(HOME, id, { research: tools, now });
  const finish = async () => {
    for (let turn = 0; turn < 50 && (await work()).more; turn++) clock = addSeconds(clock, 1);
    return researches.getResearch(HOME, id);
  };
  return { id, tools, work, finish };
}

test('a run plans, searches, and brings companies with the page and the day of every fact', async () => {
  const { finish } = await start([
    plan('clinic booking', 'clinic software UK'),
    found('Oatley', 'Mossgrove'),
    found('Mossgrove', 'Fernhill'),
  ]);
  const done = await finish();
  expect(done).toMatchObject({ status: 'done', note: '', spent: { searches: 2, tokens: 20_300 } });
  expect(done.steps.map(({ kind, status, added }) => [kind, status, added])).toEqual([
    ['plan', 'done', 0],
    ['search', 'done', 2],
    ['search', 'done', 1],
  ]);
  expect(await countCompanies(HOME)).toBe(3);
  const oatley = await findCompanyByDomain(HOME, 'oatley.example');
  expect(oatley).toMatchObject({
    name: 'Oatley',
    origin: { source: PAGE, at: addSeconds(AT, 1) },
    origins: { oneLiner: { source: PAGE, at: addSeconds(AT, 1) } },
    decision: null,
  });
  expect(await spentOf()).toEqual(done.spent);
  expect(done.spent.microUsd).toBe(
    amountOf({ searches: 0, inputTokens: 400, outputTokens: 100 }, { input: 0.25, output: 2, searches: 10 }).microUsd + 2 * 14_050,
  );
  expect(server.requests[0]?.input).toContain('booking for clinics');
  expect((await listAudit(HOME)).map(({ action }) => action)).toEqual(expect.arrayContaining(['research.start', 'research.done']));
});

test('what a person brought and decided stays, and what is unknown is filled', async () => {
  const known = await aCompany({ domain: 'oatley.example', name: 'Oatley Ltd', oneLiner: 'Said our file' });
  const answer = { companies: [company('Oatley', [{ field: 'founded', value: '2011', url: PAGE }])] };
  const { finish } = await start([plan('clinic booking'), { answer, sources: [PAGE] }]);
  expect((await finish()).steps[1]).toMatchObject({ added: 0 });
  const after = await findCompanyByDomain(HOME, 'oatley.example');
  expect(after).toMatchObject({
    id: known.id,
    name: 'Oatley Ltd',
    oneLiner: 'Said our file',
    founded: 2011,
    origins: { founded: { source: PAGE } },
  });
});

describe('what a model does wrong', () => {
  test('an answer nobody can read is asked for three times, and the other searches go on', async () => {
    const reply = (request: ResponsesRequest, n: number) =>
      isPlan(request) ? plan('one query', 'two query') : n <= 4 ? { answer: 'Sorry!' } : found('Oatley');
    const { finish } = await start(reply);
    const done = await finish();
    expect(done.steps.map(({ status, attempts }) => [status, attempts])).toEqual([
      ['done', 1],
      ['failed', 3],
      ['done', 1],
    ]);
    expect(done.status).toBe('done');
    expect(await countCompanies(HOME)).toBe(1);
  });

  test('no plan: the words themselves are searched for, once for each type of partner wanted', async () => {
    const { finish } = await start((request) => (isPlan(request) ? { status: 500 } : found('Oatley')));
    const { status, steps } = await finish();
    expect(status).toBe('done');
    expect(steps.slice(1).map(({ query }) => query)).toEqual(
      expect.arrayContaining(['booking for clinics', 'booking for clinics technology companies']),
    );
  });

  test('nothing but failures ends the run, says so, and counts what may have been paid', async () => {
    const { finish } = await start((request) => (isPlan(request) ? plan('one query') : { status: 503 }));
    const { status, note, spent } = await finish();
    expect([status, note]).toEqual(['failed', expect.stringContaining('no usable answer')]);
    expect(spent.searches).toBe(3 * MOST_PER_QUESTION.search.searches);
    expect(await spentOf()).toEqual(spent);
  });

  test('facts and companies without a page are counted and left out; nothing is invented', async () => {
    const invented = { ...company('Oatley', [{ field: 'founded', value: '1999', url: 'https://never.example/' }]) };
    const answer = { companies: [invented, { ...company('Ghost'), url: 'https://never.example/' }] };
    const { finish } = await start([plan('clinic booking'), { answer, sources: [PAGE] }]);
    expect((await finish()).steps[1]).toMatchObject({ dropped: 2, added: 1 });
    expect(await findCompanyByDomain(HOME, 'ghost.example')).toBeNull();
    expect(await findCompanyByDomain(HOME, 'oatley.example')).toMatchObject({ founded: null });
  });

  test('a plan of a hundred searches is cut to what one run may do', async () => {
    const { work, id } = await start([plan(...Array.from({ length: 10 }, (_, n) => `query ${n}`)), found('Oatley')]);
    await work();
    expect((await researches.getResearch(HOME, id)).steps).toHaveLength(1 + MOST_SEARCHES);
  });
});

test('a busy model: nothing is spent, nobody asks before the time, then the run goes on', async () => {
  const { id, work, finish } = await start([plan('clinic booking'), { status: 429, headers: { 'retry-after': '90' } }, found('Oatley')]);
  await work();
  const before = await spentOf();
  expect(await work()).toEqual({ more: false, found: [] });
  const waiting = await researches.getResearch(HOME, id);
  expect(waiting).toMatchObject({ status: 'running', notBefore: addSeconds(AT, 90), spent: before });
  expect(JSON.stringify(researchCard(waiting, before, 3))).toContain('It goes on after');
  expect(await spentOf()).toEqual(before);
  await work();
  expect(server.requests).toHaveLength(2);
  expect(await researches.listIdleResearches(AT, addSeconds(AT, 89))).toEqual([]);
  clock = addSeconds(AT, 91);
  expect(await researches.listIdleResearches(AT, clock)).toEqual([{ workspaceId: HOME, id }]);
  expect(await finish()).toMatchObject({ status: 'done', note: '', notBefore: null });
});

test('a model that is busy for half a day ends the run', async () => {
  const { work, finish } = await start([{ status: 429 }]);
  await work();
  clock = addHours(AT, 13);
  expect(await finish()).toMatchObject({ status: 'failed', note: expect.stringContaining('busy') });
});

describe('budgets', () => {
  test('the run stops before the question that could pass the day’s money, and keeps what it has', async () => {
    const most = amountOf(MOST_PER_QUESTION.search, { input: 0.25, output: 2, searches: 10 });
    // Enough for the plan and one search; the second might cost more than what is left.
    const { finish } = await start([plan('one query', 'two query'), found('Oatley')], {
      RESEARCH_USD_PER_DAY: (most.microUsd + 8_000) / 1_000_000,
    });
    expect(await finish()).toMatchObject({ status: 'stopped', note: expect.stringContaining('today is used up') });
    expect(await countCompanies(HOME)).toBe(1);
    expect(server.requests).toHaveLength(2);
  });

  test('a day whose budget is used up asks nothing more; tomorrow has its own', async () => {
    // Enough for one plan and for no search.
    const { tools, finish } = await start([plan('one query')], { RESEARCH_USD_PER_DAY: 0.007 });
    expect(await finish()).toMatchObject({ status: 'stopped', spent: { microUsd: 300 } });
    const again = async () => {
      const { id } = await startResearch(milo, 'more', tools, clock);
      await workResearch(HOME, id, { research: tools, now });
      return researches.getResearch(HOME, id);
    };
    expect(await again()).toMatchObject({ status: 'stopped', spent: { microUsd: 0 } });
    expect(server.requests).toHaveLength(1);
    clock = addDays(AT, 1);
    expect(await again()).toMatchObject({ status: 'running' });
    expect(server.requests).toHaveLength(2);
  });

  test('one run never passes its own budget, whatever the answers use', async () => {
    const reply = (request: ResponsesRequest): ResponsesReply =>
      isPlan(request)
        ? plan('a1 query', 'a2 query', 'a3 query', 'a4 query', 'a5 query', 'a6 query')
        : { ...found('Oatley'), usage: { input_tokens: 150_000, output_tokens: 8_000 } };
    const { finish } = await start(reply);
    const { status, note, spent } = await finish();
    expect([status, note]).toEqual(['stopped', expect.stringContaining('one research is used up')]);
    expect(spent.tokens).toBeLessThanOrEqual(PER_RUN.tokens + 110_000);
    expect(server.requests.length).toBeLessThan(7);
  });
});

describe('stopping', () => {
  test('cancelled while the model thinks: the question is withdrawn, its answer changes nothing, and no other is asked', async () => {
    const { id, work } = await start((request) => (isPlan(request) ? plan('one query', 'two query') : 'hang'));
    await work();
    const asking = work();
    while (server.waiting() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await cancelResearch(ana, id, AT)).toMatchObject({ changed: true, research: { status: 'cancelled' } });
    expect(await asking).toEqual({ more: false, found: [] });
    expect(await cancelResearch(ana, id, AT)).toMatchObject({ changed: false, research: { status: 'cancelled' } });
    expect(await work()).toEqual({ more: false, found: [] });
    expect(server.requests).toHaveLength(2);
    const { spent } = await researches.getResearch(HOME, id);
    expect(await spentOf()).toEqual(spent);
    expect(await listAudit(HOME, { action: 'research.cancelled' })).toHaveLength(1);
  });

  test('only managers and admins start and stop; another workspace finds no run; one run at a time', async () => {
    const { id, tools } = await start([plan('one query')]);
    for (const actor of [mia, pia]) {
      await expect(cancelResearch(actor, id, AT)).rejects.toMatchObject({ name: 'Refusal' });
      await expect(startResearch(actor, 'x', tools, AT)).rejects.toMatchObject({ name: 'Refusal' });
    }
    const eve = { ...ana, workspaceId: 'T0OTHER' };
    await expect(cancelResearch(eve, id, AT)).rejects.toMatchObject({ code: 'research-unknown' });
    const both = await Promise.allSettled([startResearch(ana, 'x', tools, AT), startResearch(milo, 'y', tools, AT)]);
    expect(both).toMatchObject([{ reason: { code: 'research-running' } }, { reason: { code: 'research-running' } }]);
    await expect(startResearch(ana, ' \u200b ', tools, AT)).rejects.toMatchObject({ code: 'word-needed' });
    await expect(startResearch(ana, 'x', null, AT)).rejects.toMatchObject({ code: 'research-needs-key' });
    await expect(startResearch(eve, 'x', tools, AT)).rejects.toMatchObject({ code: 'setup-incomplete' });
  });
});

describe('a process that dies', () => {
  test.each([
    'before the plan is kept',
    'while it asks',
    'before the companies are kept',
    'between two companies',
    'before the step is noted',
  ])('%s: the run goes on, nothing twice, and what may have been spent counts', async (when) => {
    const { id, work, finish } = await start([plan('one query', 'two query'), found('Oatley', 'Mossgrove'), found('Fernhill')]);
    const run = () => researches.getResearch(HOME, id);
    const aside = amountOf(MOST_PER_QUESTION.search, { input: 0.25, output: 2, searches: 10 });
    if (when === 'before the plan is kept') await researches.claimStep(await run(), 0, aside, clock);
    else await work();
    if (when === 'while it asks') await researches.claimStep(await run(), 1, aside, clock);
    if (when.startsWith('before the companies') || when.startsWith('between') || when.startsWith('before the step')) await work();
    if (when.startsWith('between')) {
      const [half] = (await run()).steps[1]?.companies ?? [];
      if (half) await saveReadFacts(HOME, half, AT);
    }
    if (when.startsWith('before the step')) {
      const { steps } = await run();
      for (const each of steps[1]?.companies ?? []) await saveReadFacts(HOME, each, AT);
    }
    const asked = server.requests.length;
    if (when.startsWith('before the plan') || when.startsWith('while')) {
      // Whoever holds the question may still be alive.
      expect(await work()).toEqual({ more: false, found: [] });
      expect(server.requests).toHaveLength(asked);
    }
    clock = addMinutes(AT, 5);
    expect(await researches.listIdleResearches(addMinutes(AT, 3), clock)).toEqual([{ workspaceId: HOME, id }]);
    const done = await finish();
    expect(done.status).toBe('done');
    expect(server.requests).toHaveLength(3);
    expect(done.steps.map(({ added }) => added)).toEqual([0, 2, 1]);
    expect(await countCompanies(HOME)).toBe(3);
  });

  test('two workers at once ask each question once', async () => {
    const { work, finish } = await start((request, n) => (isPlan(request) ? plan('one query', 'two query') : found(`Oatley${n}`)));
    for (let turn = 0; turn < 12; turn++) await Promise.all([work(), work(), work()]);
    expect(await finish()).toMatchObject({ status: 'done' });
    expect(server.requests).toHaveLength(3);
    expect(await countCompanies(HOME)).toBe(2);
  });
});

test('the card says how it stands and what it costs, and forges nothing', async () => {
  const evil = '<!channel> <https://evil.example|free>';
  const { finish } = await start([
    plan(`query ${evil}`),
    { answer: { companies: [{ ...company('Oatley'), name: 'Oatley *& <b>Sons</b>' }] }, sources: [PAGE] },
  ]);
  const done = await finish();
  const shown = JSON.stringify([researchCard({ ...done, words: evil }, done.spent, 3), researchFindings(done)]);
  expect(shown).not.toMatch(/<!channel>|<https:\/\/evil/);
  expect(shown).toContain('1 of 1 search done');
  expect(shown).toMatch(/\$0\.02 of \$0\.60/);
  expect(shown).toMatch(/\$0\.02 of \$3\.00/);
});
