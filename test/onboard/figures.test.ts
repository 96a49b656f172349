import { addDays } from 'date-fns';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../blocks/ids.ts';
import { onboardingReport } from '../../blocks/onboard/onboarding-report.ts';
import { settleStep } from '../../src/onboard/checklists/settle-step.ts';
import { median, onboardingFigures } from '../../src/onboard/figures/onboarding-figures.ts';
import { addPartner } from '../../src/onboard/partners/add-partner.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import { GENERAL, MIA, MILO } from '../sandbox/cast.ts';
import { changed } from '../support/a-partner.ts';
import { AT, ana, aProgramme, HOME, milo } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';

const { uri } = useMongo();
const NOW = addDays(AT, 100);
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { workers: false, now: () => NOW });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await aProgramme();
});

/** A partner that was added `age` days before now and registered its first deal `after` days later, if ever. */
async function partner(name: string, age: number, after: number | null, given: { types?: PartnerType[]; owner?: string } = {}) {
  const at = addDays(NOW, -age);
  const { types = ['agency'], owner = MILO } = given;
  const made = await addPartner(ana, { name, domains: [`${name.toLowerCase()}.example`], types, owner }, at);
  return after === null ? made : changed(made, { firstRegistrationAt: addDays(at, after) });
}

test.each([
  [[], null],
  [[7], 7],
  [[9, 1, 5], 5],
  [[1, 2, 3, 10], 2.5],
])('the median of %j is %p', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('who is too young is left out, who is too late is not active, and a partner of two types counts with each', async () => {
  await partner('Fast', 95, 20);
  await partner('Slow', 95, 45, { owner: MIA });
  await partner('Never', 95, null, { types: ['agency', 'affiliate'] });
  await partner('Young', 40, 10, { types: ['affiliate'] });
  await partner('New', 5, null);
  const { all, byType, byOwner } = await onboardingFigures(HOME, NOW);
  expect(all).toEqual({
    partners: 5,
    registered: 3,
    medianDays: 20,
    activation: [
      { days: 30, active: 2, of: 4 },
      { days: 60, active: 2, of: 3 },
      { days: 90, active: 2, of: 3 },
    ],
  });
  expect(byType.map(({ type, pace }) => [type, pace.partners, pace.registered])).toEqual([
    ['agency', 4, 2],
    ['affiliate', 2, 1],
  ]);
  expect(byOwner.find(({ owner }) => owner === MIA)?.pace).toMatchObject({ partners: 1, medianDays: 45 });
});

test('steps that stall: what is late first; what waits for another or was not needed is left out', async () => {
  const { id } = await partner('Fast', 30, null);
  const started = addDays(NOW, -30);
  await settleStep(milo, { partnerId: id, stepId: 'kickoff' }, { to: 'done', proof: null }, addDays(started, 4));
  await settleStep(milo, { partnerId: id, stepId: 'channel' }, { to: 'waived', proof: null }, started);
  const { steps } = await onboardingFigures(HOME, NOW);
  const of = (step: string) => steps.find((one) => one.id === step);
  expect(of('kickoff')).toMatchObject({ medianDays: 4, open: 0, late: 0, count: 1 });
  expect(of('agreement')).toMatchObject({ medianDays: 30, open: 1, late: 1 });
  expect([of('channel'), of('payment')]).toEqual([undefined, undefined]);
  expect(steps[0]?.late).toBe(1);
});

test('with nobody it says so; with many owners and steps it fits a message and counts what it leaves out', () => {
  const pace = { partners: 3, registered: 1, medianDays: 12.25, activation: [{ days: 30 as const, active: 1, of: 3 }] };
  const none = { partners: 0, registered: 0, medianDays: null, activation: [] };
  expect(JSON.stringify(onboardingReport({ all: none, byType: [], byOwner: [], steps: [] }))).toContain('no partners yet');
  const byOwner = Array.from({ length: 60 }, (_, n) => ({ owner: `U0OWNER${n}`, pace }));
  const steps = Array.from({ length: 60 }, (_, n) => ({
    id: `s${n}`,
    title: 'Step '.repeat(20),
    count: 3,
    medianDays: 2,
    open: 1,
    late: 1,
  }));
  const { blocks } = onboardingReport({ all: pace, byType: [{ type: 'agency', pace }], byOwner, steps });
  expect(JSON.stringify(blocks).length).toBeLessThan(12_800);
  expect(JSON.stringify(blocks)).toMatch(/and \d+ more owners/);
  expect(JSON.stringify(blocks)).toMatch(/and \d+ more steps/);
});

test('/partners onboarding answers whoever asks, and says how it counts', async () => {
  await partner('Fast', 95, 20);
  const { sandbox } = product;
  await sandbox.as(MIA).command(GENERAL, '/partners onboarding');
  const answer = await sandbox.waitFor(() =>
    sandbox
      .messages({ as: MIA, channel: GENERAL })
      .findLast(({ blocks }) => JSON.stringify(blocks).includes('half of them within 20 days')),
  );
  await sandbox.as(MIA).click(answer, ACTIONS.onboardingExplain);
  await sandbox.waitFor(() => JSON.stringify(sandbox.modal(MIA) ?? {}).includes('half took less'));
});
