import { addDays } from 'date-fns';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mailReminder } from '../../../jobs/onboard/mail-reminder.ts';
import { remindPeople } from '../../../jobs/onboard/remind-people.ts';
import type { Deps } from '../../../src/deps.ts';
import { findChecklist } from '../../../src/onboard/checklists/checklist-repository.ts';
import { settleStep } from '../../../src/onboard/checklists/settle-step.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import { ANA, MILO, PIA } from '../../sandbox/cast.ts';
import { aPartner, changed, QUILLMONT_TEAM } from '../../support/a-partner.ts';
import { aProgramme, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
/** A Monday; the kick-off call and the agreement are due on the next one. */
const DUE = new Date('2026-11-30T09:30:00Z');
const PIA_ADDRESS = { kind: 'address', value: 'pia.pine@quillmont.example' } as const;
let product: Product;
let now = DUE;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { workers: false, now: () => now });
});
afterAll(() => product.stop());
beforeEach(async () => {
  now = DUE;
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await aProgramme();
  const made = await aPartner({ types: ['agency'] });
  const people = made.people.map((person) => ({ ...person, slack: { userId: PIA, teamId: QUILLMONT_TEAM } }));
  partner = await changed(made, { people });
  mails = product.sandbox.mail.length;
  before = { [MILO]: read(MILO).length, [PIA]: read(PIA).length, [ANA]: read(ANA).length };
});

let before: Record<string, number> = {};
let mails = 0;
const read = (who: string) => product.sandbox.messages({ as: who, channel: product.sandbox.dmWith(who) });
/** What the bot has written to somebody in this test. */
const told = (who: string) =>
  read(who)
    .slice(before[who])
    .map(({ blocks }) => JSON.stringify(blocks));
const run = () => remindPeople.run({ workspaceId: HOME }, { ...product.deps, enqueue: async () => undefined });
/** As the queue runs it: the mails are sent too. */
const runWithMails = (deps: Partial<Deps> = {}) =>
  remindPeople.run(
    { workspaceId: HOME },
    {
      ...product.deps,
      enqueue: async (job, payload) => {
        if (job.name === mailReminder.name) await job.run(payload, product.deps);
      },
      ...deps,
    },
  );
const mailed = () => product.sandbox.mail.slice(mails);

test('each hears of their own steps, several in one message; two workers and a second run tell nobody twice', async () => {
  await Promise.all([run(), run()]);
  await run();
  const [toMilo, toPia] = [told(MILO), told(PIA)];
  expect([toMilo.length, toPia.length, told(ANA).length]).toEqual([1, 1, 0]);
  expect(toMilo[0]).toContain('Hold the kick-off call');
  expect(toMilo[0]).not.toContain('partner agreement');
  for (const title of ['Accept the partner agreement', 'Say which competing products you also serve']) expect(toPia[0]).toContain(title);
  expect(toPia[0]).not.toMatch(/kick-off|U0MILOMRSH/);
});

test.each([
  ['before nine', '2026-11-30T08:30:00Z'],
  ['at night', '2026-11-30T21:00:00Z'],
  ['on a Saturday', '2026-12-05T10:00:00Z'],
  ['on a day without a reminder', '2026-12-01T10:00:00Z'],
])('nobody hears anything %s', async (_name, at) => {
  now = new Date(at);
  await run();
  expect([told(MILO), told(PIA)]).toEqual([[], []]);
});

test('who hears nothing: whoever has done theirs, and nobody once the partnership has ended', async () => {
  await settleStep(milo, { partnerId: partner.id, stepId: 'kickoff' }, { to: 'done', proof: null }, DUE);
  await run();
  expect(told(MILO)).toEqual([]);
  await changed(partner, { status: 'ended', statusAt: DUE });
  now = addDays(DUE, 2);
  await run();
  expect(told(PIA)).toHaveLength(1);
});

test('the owner hears once of what is theirs and five working days late', async () => {
  await settleStep(milo, { partnerId: partner.id, stepId: 'kickoff' }, { to: 'done', proof: null }, DUE);
  now = addDays(DUE, 7);
  await run();
  expect(told(MILO)).toEqual([expect.stringContaining('theirs to do: talk to them')]);
  const steps = (await findChecklist(HOME, partner.id))?.steps.filter(({ escalatedAt }) => escalatedAt) ?? [];
  expect(steps.map(({ id }) => id).toSorted()).toEqual(['agreement', 'channel', 'interests']);
  now = addDays(DUE, 8);
  await run();
  now = addDays(DUE, 14);
  await run();
  // The training, due since then, is told on its own days; nothing is escalated twice.
  expect(told(MILO).filter((words) => words.includes('Accept the partner agreement'))).toHaveLength(1);
});

test('somebody who is not of the partner’s Slack any more hears nothing, and the others do', async () => {
  await changed(partner, { teamIds: [] });
  await run();
  expect([told(PIA).length, told(MILO).length]).toEqual([0, 1]);
});

describe('a main contact who has no Slack with us', () => {
  beforeEach(async () => {
    partner = await changed(partner, { people: partner.people.map((person) => ({ ...person, slack: null })) });
  });

  test('gets one mail a day: what waits, until when, where, and why they get it', async () => {
    await runWithMails();
    await runWithMails();
    expect(mailed()).toHaveLength(1);
    const [mail] = mailed();
    expect(mail).toMatchObject({
      to: expect.stringContaining('<pia.pine@quillmont.example>'),
      subject: '3 steps wait for you at Larkspur',
    });
    expect(mail?.text).toContain('- Accept the partner agreement (due Monday 30 November)');
    expect(mail?.text).toMatch(/https?:\S+\/page\/new-link/);
    expect(mail?.text).toContain('because you are the main contact of Quillmont at Larkspur');
    expect(mail?.text).not.toContain('kick-off');
    now = addDays(DUE, 2);
    await runWithMails();
    expect(mailed()).toHaveLength(2);
    expect(mailed()[1]?.text).toContain('2 working days late');
  });

  test.each([
    ['with silence', () => suppress(HOME, PIA_ADDRESS, { reason: 'opt-out', via: 'page', by: 'recipient', at: DUE })],
    ['who has left', () => changed(partner, { people: partner.people.map((person) => ({ ...person, leftAt: DUE })) })],
    ['of a partner that ended', () => changed(partner, { status: 'ended', statusAt: DUE })],
  ])('%s gets none', async (_who, happen) => {
    await happen();
    await runWithMails();
    expect(mailed()).toEqual([]);
  });

  test('gets none where there is no page to go to, nor at night', async () => {
    await runWithMails({ publicUrl: null });
    now = new Date('2026-11-30T21:00:00Z');
    await runWithMails();
    expect(mailed()).toEqual([]);
  });
});
