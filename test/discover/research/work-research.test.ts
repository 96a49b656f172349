import { addHours, addSeconds, subDays } from 'date-fns';
import { describe, expect, test } from 'vitest';
import { researchCard, researchFindings, researchNoteWords } from '../../../blocks/discover/research-card.ts';
import { amountOf, MOST_PER_QUESTION, MOST_SEARCHES } from '../../../src/discover/research/research.ts';
import * as researches from '../../../src/discover/research/research-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { NOTHING_KNOWN } from '../../../src/programme/companies/company.ts';
import { countCompanies } from '../../../src/programme/companies/company-names.ts';
import { findCompanyByDomain } from '../../../src/programme/companies/company-repository.ts';
import { saveImported } from '../../../src/programme/companies/save-imported.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { AT, aCompany, ana, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { company, found, isPlan, PAGE, plan, spentOf, start, useResearch, world } from '../../support/research-run.ts';
import type { ResponsesRequest } from '../../support/responses-server.ts';

useMongo();
useResearch();
const _now = () => world.clock;

test('a run plans, searches, and brings companies with the page and the day of every fact', async () => {
  const { finish } = await start([
    plan('clinic booking', 'clinic software UK'),
    found('Oatley', 'Mossgrove'),
    found('Mossgrove', 'Fernhill'),
  ]);
  const done = await finish();
  expect(done).toMatchObject({ status: 'done', note: null, spent: { searches: 2, tokens: 20_300 } });
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
  expect(world.server.requests[0]?.input).toContain('booking for clinics');
  expect((await listAudit(HOME)).map(({ action }) => action)).toEqual(expect.arrayContaining(['research.start', 'research.done']));
});

test('what a person brought and decided stays, and what is unknown is filled', async () => {
  const known = await aCompany({ domain: 'oatley.example', name: 'Oatley Ltd', oneLiner: 'Said our file' });
  const answer = { companies: [company('Oatley', [{ field: 'founded', value: '2011', quote: 'since 2011', url: PAGE }])] };
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
    expect([status, researchNoteWords(note)]).toEqual(['failed', expect.stringContaining('no usable answer')]);
    expect(spent.searches).toBe(3 * MOST_PER_QUESTION.search.searches);
    expect(await spentOf()).toEqual(spent);
  });

  test('facts and companies without a page are counted and left out; nothing is invented', async () => {
    const invented = { ...company('Oatley', [{ field: 'founded', value: '1999', quote: 'since 1999', url: 'https://never.example/' }]) };
    const answer = { companies: [invented, { ...company('Ghost'), url: 'https://never.example/' }] };
    const { finish } = await start([plan('clinic booking'), { answer, sources: [PAGE] }]);
    expect((await finish()).steps[1]).toMatchObject({ dropped: 2, added: 1 });
    expect(await findCompanyByDomain(HOME, 'ghost.example')).toBeNull();
    expect(await findCompanyByDomain(HOME, 'oatley.example')).toMatchObject({ founded: null });
  });

  test('what stands on no page that we could read is left out and counted, and why is kept only with its quote', async () => {
    const shy = { ...company('Mossgrove'), url: 'https://shy.example/list' };
    const told = {
      ...company('Fernhill'),
      partner: { type: 'agency', why: 'It serves clinics', quote: 'Fernhill serves clinics', url: PAGE },
    };
    const { finish } = await start([
      plan('clinic booking'),
      { answer: { companies: [company('Oatley'), shy, told] }, sources: [PAGE, shy.url] },
    ]);
    const done = await finish();
    // Mossgrove's own page was refused; what another page says of it counts.
    expect(done.steps[1]).toMatchObject({ added: 3, dropped: 1 });
    expect(done.steps[1]?.companies.map(({ partner }) => partner?.quote)).toEqual(['books appointments', 'books appointments', undefined]);
    const shown = JSON.stringify(researchFindings(done));
    expect(shown).toContain('Technology partner: What Oatley books, you report on “books appointments”');
    expect(shown).not.toContain('serves clinics');
  });

  test('the plan is told the languages of the places, and what was searched for before', async () => {
    const { company: own } = await getProgramme(HOME);
    if (own) await saveProgramme(ana, 'company', { ...own, regions: 'Germany, Austria, Spain, United Kingdom' }, AT);
    const { finish } = await start([plan('clinic booking'), found('Oatley')]);
    await finish();
    const [asked] = world.server.requests.map(({ input }) => JSON.parse(input.replace(/<\/?data>/g, '')));
    expect(asked).toMatchObject({ languages: ['German', 'Spanish'], asked: [] });
  });

  test('a search is told whom to leave out: whoever is listed, and the companies that came last', async () => {
    const imported = (domain: string) => ({
      domain,
      facts: { ...NOTHING_KNOWN, name: domain },
      origin: { source: 'partners.csv:2', at: AT },
      origins: {},
    });
    const earlier = Array.from({ length: 100 }, (_, n) => imported(`zeal${n}.example`));
    await saveProgramme(ana, 'leaveOut', { competitors: ['rivalry.example'], customers: [], existing: [] }, AT);
    await saveImported(HOME, earlier, subDays(AT, 1));
    await saveImported(HOME, [imported('acorn.example')], AT);
    const { finish } = await start([plan('clinic booking'), found('Oatley')]);
    await finish();
    const [, asked] = world.server.requests.map(({ input }) => JSON.parse(input.replace(/<\/?data>/g, '')));
    expect(asked.leaveOut).toEqual(expect.arrayContaining(['rivalry.example', 'acorn.example']));
    expect(asked.leaveOut.filter((domain: string) => domain.startsWith('zeal'))).toHaveLength(99);
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
  expect(world.server.requests).toHaveLength(2);
  expect(await researches.listIdleResearches(AT, addSeconds(AT, 89))).toEqual([]);
  world.clock = addSeconds(AT, 91);
  expect(await researches.listIdleResearches(AT, world.clock)).toEqual([{ workspaceId: HOME, id }]);
  expect(await finish()).toMatchObject({ status: 'done', note: null, notBefore: null });
});

test('a model that is busy for half a day ends the run', async () => {
  const { work, finish } = await start([{ status: 429 }]);
  await work();
  world.clock = addHours(AT, 13);
  const ended = await finish();
  expect([ended.status, researchNoteWords(ended.note)]).toEqual(['failed', expect.stringContaining('busy')]);
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
