import { addDays } from 'date-fns';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { decideDeal } from '../../../src/manage/deals/decide-deal.ts';
import { endDeal } from '../../../src/manage/deals/protect-deal.ts';
import { addCost } from '../../../src/measure/costs/record-costs.ts';
import { saveGoal } from '../../../src/measure/qbr/goal-repository.ts';
import { nextSteps, type StepFacts } from '../../../src/measure/qbr/next-steps.ts';
import { qbrPdf } from '../../../src/measure/qbr/qbr-pdf.ts';
import { readPack, readQuarter } from '../../../src/measure/qbr/read-pack.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { EXT_QUILLMONT, GENERAL, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner, changed } from '../../support/a-partner.ts';
import { AT, ana, HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { pdfText } from '../../support/pdf-text.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
const NOW = addDays(AT, 5);
let product: Product;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => NOW, workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  const notes = [{ id: 'n1', text: 'They shop around', by: MILO, at: AT }];
  partner = await changed(await aPartner({ tier: 'Gold' }), { notes });
});

const FACTS: StepFacts = {
  ...{ endingDeals: 0, waitingForThem: 0, waitingForUs: 0, lateSteps: 0, registrations: 3, sourcedMinor: 500, certified: 1 },
  ...{ goal: { registrations: 3, sourcedMinor: 500 }, hasCourse: true, isOver: false },
};
test.each<[string, Partial<StepFacts>, [string, number][]]>([
  ['all is done', {}, []],
  ['two deals end', { endingDeals: 2 }, [['deals-end', 2]]],
  [
    'both sides wait',
    { waitingForThem: 1, waitingForUs: 2 },
    [
      ['answers', 1],
      ['reviews', 2],
    ],
  ],
  [
    'short of the goal',
    { registrations: 1, sourcedMinor: 100 },
    [
      ['registrations', 2],
      ['sourced', 400],
    ],
  ],
  ['nothing registered', { registrations: 0 }, [['register', 1]]],
  ['over: no goal is left to reach', { registrations: 1, sourcedMinor: 0, isOver: true }, []],
  ['no goal', { goal: null }, [['goal', 1]]],
  ['no certificate', { certified: 0 }, [['certificate', 1]]],
  ['no course, no certificate', { certified: 0, hasCourse: false }, []],
])('next steps: %s', (_name, given, expected) =>
  expect(nextSteps({ ...FACTS, ...given }).map(({ code, count }) => [code, count])).toEqual(expected),
);

test.each([
  ['', '2026-10-01'],
  ['last quarter', '2026-07-01'],
  ['2026-q1', '2026-01-01'],
  ['last month', null],
  ['soon', null],
])('“%s” is the quarter from %s', (words, from) =>
  expect(readQuarter(words, { today: '2026-11-28', fiscalYearStart: 1 })?.from ?? null).toBe(from),
);

/** One deal lost with a reason, one won, one that ends soon; another partner's beside them. */
async function aQuarter(): Promise<void> {
  const decided = { byName: 'Ana Alder', at: AT };
  const [lost, won, open] = await Promise.all(
    ['Ironbridge', 'Tidewater', 'Marshgate'].map((company) => aDeal(partner, { company, website: `${company.toLowerCase()}.example` })),
  );
  await decideDeal(ana, lost?.id ?? '', { move: 'reject', code: 'below-minimum', words: 'Too small for now' }, decided);
  for (const deal of [won, open]) await decideDeal(ana, deal?.id ?? '', { move: 'approve' }, decided);
  await endDeal({ workspaceId: HOME, id: won?.id ?? '' }, 'win', { by: MILO, byName: 'Milo Marsh', at: addDays(AT, 1) });
  await addCost(milo, { id: 'c1', typed: { day: '2026-11-20', kind: 'mdf', partner: 'Quillmont', sum: '333 EUR' } }, NOW);
}

const modalOf = (who: string, words: string) =>
  product.sandbox.waitFor(() => {
    const shown = product.sandbox.modal(who);
    return shown && JSON.stringify(shown).includes(words) ? shown : undefined;
  });

test('the pack holds what the partner may read; costs, notes and what is ours to do are on a page that it does not get', async () => {
  await aQuarter();
  const quarter = readQuarter('', { today: '2026-11-28', fiscalYearStart: 1 });
  if (!quarter) throw new Error('no quarter');
  const { pack, inside } = await readPack(partner, quarter, NOW);
  const made = { costWords: { mdf: 'Market development funds' }, at: NOW, compress: false };
  const shared = pdfText(await qbrPdf(pack, { ...made, inside: null }));
  for (const line of [
    'Quillmont and',
    'Registrations: 3, no goal set',
    'Ironbridge, 12,000 EUR: not accepted (Below the smallest value: Too small for now)',
  ])
    expect(shown(shared)).toContain(line);
  for (const line of ['Won in the quarter (1)', 'Marshgate: approved', 'Tier: Gold', '2026-11: 0 EUR'])
    expect(shown(shared)).toContain(line);
  expect(shown(shared)).not.toMatch(/333|shop around|For our team|set one together/);
  const whole = shown(pdfText(await qbrPdf(pack, { ...made, inside })));
  for (const line of ['For our team only', 'Market development funds: 333 EUR', 'They shop around', 'set one together'])
    expect(whole).toContain(line);
});

test('of a goal in another currency than figures are in, registrations are left to go and no sum is', async () => {
  await aQuarter();
  const quarter = readQuarter('', { today: '2026-11-28', fiscalYearStart: 1 });
  if (!quarter) throw new Error('no quarter');
  const stepsTo = async (currency: string) => {
    const set = { sourcedMinor: 900, currency, registrations: 5, by: MILO, at: AT };
    await saveGoal({ workspaceId: HOME, partnerId: partner.id, quarter: quarter.from, ...set });
    return (await readPack(partner, quarter, NOW)).pack.steps.map(({ code }) => code);
  };
  expect(await stepsTo('EUR')).toEqual(expect.arrayContaining(['registrations', 'sourced']));
  const steps = await stepsTo('USD');
  expect([steps.includes('registrations'), steps.includes('sourced')]).toEqual([true, false]);
});

/** Lines are broken where the page ends. */
const shown = (text: string) => text.replaceAll('\n', ' ').replaceAll(/\s+/g, ' ');

test('a manager opens it by name, sets the goal, gets the PDF, and shares it once in the partner’s channel; nobody else can', async () => {
  await aQuarter();
  const { sandbox } = product;
  const managers = sandbox.as(MILO);
  await managers.command(GENERAL, '/partners qbr Quillmont this quarter');
  const view = await modalOf(MILO, 'no goal set');
  await managers.click(view, ACTIONS.qbrGoal);
  const form = await modalOf(MILO, 'sets out to do');
  expect(await managers.submit(form, { sourced: 'a lot', registrations: '4' })).toMatchObject({
    errors: { sourced: expect.stringContaining('in EUR') },
  });
  await managers.submit(form, { sourced: '30,000', registrations: '4' });
  await managers.close(await modalOf(MILO, 'The goal is set'));
  const again = await modalOf(MILO, 'Registrations: 3 of 4');
  const pagesOf = async (who: string, { id }: { id: string }) => Number(/\/Count (\d+)/.exec(String(await sandbox.download(who, id)))?.[1]);
  const files = (who: string, channel: string) =>
    sandbox.messages({ as: who, channel }).flatMap(({ files: all = [] }) => all as { id: string; name: string }[]);
  await managers.click(again, ACTIONS.qbrFile);
  await managers.close(await modalOf(MILO, 'in our direct messages'));
  expect(files(MILO, sandbox.dmWith(MILO)).map(({ name }) => name)).toContain('qbr-quillmont-2026-10-01-internal.pdf');
  await managers.click(await modalOf(MILO, 'Share in Their Channel'), ACTIONS.qbrShare);
  await managers.close(await modalOf(MILO, 'The pack stands in'));
  await managers.click(await modalOf(MILO, 'Share in Their Channel'), ACTIONS.qbrShare);
  await modalOf(MILO, 'shared a moment ago');
  expect(files(PIA, EXT_QUILLMONT).map(({ name }) => name)).toEqual(['review-quillmont-2026-10-01.pdf']);
  const [inside, outside] = [files(MILO, sandbox.dmWith(MILO)).at(-1), files(PIA, EXT_QUILLMONT).at(-1)];
  if (!inside || !outside) throw new Error('no files');
  expect(await pagesOf(PIA, outside)).toBe((await pagesOf(MILO, inside)) - 1);
  expect((await listAudit(HOME, { subject: `partner:${partner.id}` })).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['qbr.goal', 'qbr.share']),
  );
  const value = JSON.stringify({ partnerId: partner.id, words: '' });
  for (const who of [MIA, PIA])
    for (const actionId of [ACTIONS.qbrFile, ACTIONS.qbrTheirs, ACTIONS.qbrShare, ACTIONS.qbrGoal])
      await forgedClick(product, sandbox.sourceOf(who), { actionId, value });
  await modalOf(MIA, 'You need the role');
  expect(files(PIA, EXT_QUILLMONT)).toHaveLength(1);
});

test('of a partner without a channel a manager takes its version, without the page for the team, to mail it', async () => {
  const { sandbox } = product;
  await changed(partner, { channel: null });
  const value = JSON.stringify({ partnerId: partner.id, words: '' });
  await sandbox.as(MILO).command(GENERAL, '/partners qbr Quillmont');
  const view = await modalOf(MILO, 'mail it yourself');
  expect(JSON.stringify(view)).not.toContain(ACTIONS.qbrShare);
  await sandbox.as(MILO).click(view, ACTIONS.qbrTheirs);
  await modalOf(MILO, 'without the page for the team');
  await forgedClick(product, sandbox.sourceOf(MILO), { actionId: ACTIONS.qbrFile, value });
  await modalOf(MILO, 'with the page for the team');
  const files = sandbox
    .messages({ as: MILO, channel: sandbox.dmWith(MILO) })
    .flatMap(({ files: all = [] }) => all as { id: string; name: string }[])
    .slice(-2);
  expect(files.map(({ name }) => name)).toEqual(['review-quillmont-2026-10-01.pdf', 'qbr-quillmont-2026-10-01-internal.pdf']);
  const [theirs, ours] = await Promise.all(
    files.map(async ({ id }) => Number(/\/Count (\d+)/.exec(String(await sandbox.download(MILO, id)))?.[1])),
  );
  expect(theirs).toBe((ours ?? 0) - 1);
});

test('a channel in which somebody else reads along gets nothing, and a month is no quarter', async () => {
  const { sandbox } = product;
  const share = (words: string) =>
    forgedClick(product, sandbox.sourceOf(MILO), { actionId: ACTIONS.qbrShare, value: JSON.stringify({ partnerId: partner.id, words }) });
  await share('last month');
  await modalOf(MILO, 'is no quarter');
  // Their workspace is known no longer: whoever is in the channel is no partner.
  await changed(partner, { teamIds: ['T0ELSEWHER'] });
  const before = sandbox.messages({ as: PIA, channel: EXT_QUILLMONT }).length;
  await share('');
  await modalOf(MILO, refusalSentence('channel-unclear', {}).slice(0, 20));
  expect(sandbox.messages({ as: PIA, channel: EXT_QUILLMONT })).toHaveLength(before);
});
