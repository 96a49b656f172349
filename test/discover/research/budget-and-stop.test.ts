import { addDays, addMinutes } from 'date-fns';
import { describe, expect, test } from 'vitest';
import { researchNoteWords } from '../../../blocks/discover/research-card.ts';
import { amountOf, MOST_PER_QUESTION, PER_RUN } from '../../../src/discover/research/research.ts';
import * as researches from '../../../src/discover/research/research-repository.ts';
import { cancelResearch, startResearch } from '../../../src/discover/research/start-research.ts';
import { workResearch } from '../../../src/discover/research/work-research.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { countCompanies } from '../../../src/programme/companies/company-names.ts';
import { saveReadFacts } from '../../../src/programme/companies/save-read-facts.ts';
import { AT, ana, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { found, isPlan, plan, spentOf, start, useResearch, world } from '../../support/research-run.ts';
import type { ResponsesReply, ResponsesRequest } from '../../support/responses-server.ts';

useMongo();
useResearch();
const now = () => world.clock;

describe('budgets', () => {
  test('the run stops before the question that could pass the day’s money, and keeps what it has', async () => {
    const most = amountOf(MOST_PER_QUESTION.search, { input: 0.25, output: 2, searches: 10 });
    // Enough for the plan and one search; the second might cost more than what is left.
    const { finish } = await start([plan('one query', 'two query'), found('Oatley')], {
      RESEARCH_USD_PER_DAY: (most.microUsd + 8_000) / 1_000_000,
    });
    const ended = await finish();
    expect([ended.status, researchNoteWords(ended.note)]).toEqual(['stopped', expect.stringContaining('today is used up')]);
    expect(await countCompanies(HOME)).toBe(1);
    expect(world.server.requests).toHaveLength(2);
  });

  test('a day whose budget is used up asks nothing more; tomorrow has its own', async () => {
    // Enough for one plan and for no search.
    const { tools, finish } = await start([plan('one query')], { RESEARCH_USD_PER_DAY: 0.007 });
    expect(await finish()).toMatchObject({ status: 'stopped', spent: { microUsd: 300 } });
    const again = async () => {
      const { id } = await startResearch(milo, 'more', tools, world.clock);
      await workResearch(HOME, id, { research: tools, network: world.network, now });
      return researches.getResearch(HOME, id);
    };
    expect(await again()).toMatchObject({ status: 'stopped', spent: { microUsd: 0 } });
    expect(world.server.requests).toHaveLength(1);
    world.clock = addDays(AT, 1);
    expect(await again()).toMatchObject({ status: 'running' });
    expect(world.server.requests).toHaveLength(2);
  });

  test('one run never passes its own budget, whatever the answers use', async () => {
    const reply = (request: ResponsesRequest): ResponsesReply =>
      isPlan(request)
        ? plan('a1 query', 'a2 query', 'a3 query', 'a4 query', 'a5 query', 'a6 query')
        : { ...found('Oatley'), usage: { input_tokens: 150_000, output_tokens: 8_000 } };
    const { finish } = await start(reply);
    const { status, note, spent } = await finish();
    expect([status, researchNoteWords(note)]).toEqual(['stopped', expect.stringContaining('one research is used up')]);
    expect(spent.tokens).toBeLessThanOrEqual(PER_RUN.tokens + 110_000);
    expect(world.server.requests.length).toBeLessThan(7);
  });
});

describe('stopping', () => {
  test('cancelled while the model thinks: the question is withdrawn, its answer changes nothing, and no other is asked', async () => {
    const { id, work } = await start((request) => (isPlan(request) ? plan('one query', 'two query') : 'hang'));
    await work();
    const asking = work();
    while (world.server.waiting() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await cancelResearch(ana, id, AT)).toMatchObject({ changed: true, research: { status: 'cancelled' } });
    expect(await asking).toEqual({ more: false, found: [] });
    expect(await cancelResearch(ana, id, AT)).toMatchObject({ changed: false, research: { status: 'cancelled' } });
    expect(await work()).toEqual({ more: false, found: [] });
    expect(world.server.requests).toHaveLength(2);
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
    if (when === 'before the plan is kept') await researches.claimStep(await run(), 0, aside, world.clock);
    else await work();
    if (when === 'while it asks') await researches.claimStep(await run(), 1, aside, world.clock);
    if (when.startsWith('before the companies') || when.startsWith('between') || when.startsWith('before the step')) await work();
    if (when.startsWith('between')) {
      const [half] = (await run()).steps[1]?.companies ?? [];
      if (half) await saveReadFacts(HOME, half, AT);
    }
    if (when.startsWith('before the step')) {
      const { steps } = await run();
      for (const each of steps[1]?.companies ?? []) await saveReadFacts(HOME, each, AT);
    }
    const asked = world.server.requests.length;
    if (when.startsWith('before the plan') || when.startsWith('while')) {
      // Whoever holds the question may still be alive.
      expect(await work()).toEqual({ more: false, found: [] });
      expect(world.server.requests).toHaveLength(asked);
    }
    world.clock = addMinutes(AT, 5);
    expect(await researches.listIdleResearches(addMinutes(AT, 3), world.clock)).toEqual([{ workspaceId: HOME, id }]);
    const done = await finish();
    expect(done.status).toBe('done');
    expect(world.server.requests).toHaveLength(3);
    expect(done.steps.map(({ added }) => added)).toEqual([0, 2, 1]);
    expect(await countCompanies(HOME)).toBe(3);
  });

  test('two workers at once ask each question once', async () => {
    const { work, finish } = await start((request, n) => (isPlan(request) ? plan('one query', 'two query') : found(`Oatley${n}`)));
    for (let turn = 0; turn < 12; turn++) await Promise.all([work(), work(), work()]);
    expect(await finish()).toMatchObject({ status: 'done' });
    expect(world.server.requests).toHaveLength(3);
    expect(await countCompanies(HOME)).toBe(2);
  });
});
