import { setTimeout } from 'node:timers/promises';
import { addMinutes } from 'date-fns';
import { beforeEach, describe, expect, test } from 'vitest';
import { prepareDigest } from '../../../src/discover/digest/prepare-digest.ts';
import { rankCandidates } from '../../../src/discover/digest/rank-candidates.ts';
import { listReviews } from '../../../src/discover/reviews/review-repository.ts';
import { ruleOnHold } from '../../../src/discover/reviews/rule-on-hold.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import type { Company } from '../../../src/programme/companies/company.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { demandCompanyAllowed } from '../../../src/recruit/outreach/demand-contact-allowed.ts';
import { aRival } from '../../support/a-rival.ts';
import { AT, aCompany, ana, aProgramme, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let rival: Company;
beforeEach(async () => {
  await aProgramme();
  await aCompany();
  rival = await aRival();
});

const names = async (among: 'suggested' | 'doubted' | 'ruled-out' | 'held') =>
  (await rankCandidates(HOME, { top: 20, among, now: AT })).ranked.map(({ name }) => name);
const say = (says: 'clear' | 'keep-out' | 'hold-back', by = milo) =>
  ruleOnHold(by, { companyId: rival.id, about: 'rival', says }, addMinutes(AT, 1));

test('who looks like a competitor stands among those a person may clear, with its words', async () => {
  expect(await names('doubted')).toEqual(['Fernmetrics']);
  const { ranked } = await rankCandidates(HOME, { top: 5, among: 'doubted', now: AT });
  expect(ranked[0]?.holds).toEqual([
    { hold: 'rival', phrase: { field: expect.any(String), words: expect.stringMatching(/business intelligence/i) } },
  ]);
  expect(await names('suggested')).toEqual(['Peatworks']);
});

test('cleared, it is suggested at once and comes into the digest; held back again, it does not', async () => {
  await say('clear');
  expect(await names('suggested')).toContain('Fernmetrics');
  expect(await names('held')).toEqual([]);
  const { items } = await prepareDigest(HOME, { day: '2026-11-23', round: 0, by: 'system' }, AT);
  expect(items.map(({ name }) => name)).toContain('Fernmetrics');
  await say('hold-back');
  expect(await names('doubted')).toEqual(['Fernmetrics']);
});

test('kept out, it stands in no list and nobody writes to it; cleared later, it is suggested', async () => {
  await say('keep-out');
  await say('keep-out');
  expect([...(await names('suggested')), ...(await names('held'))]).toEqual(['Peatworks']);
  await expect(demandCompanyAllowed(await getProgramme(HOME), rival)).rejects.toMatchObject({
    code: 'company-gated',
    details: { gate: 'kept-out' },
  });
  await say('clear');
  expect(await names('suggested')).toContain('Fernmetrics');
});

test('taken back, a company that was kept out is held back as before', async () => {
  await say('keep-out');
  await say('hold-back');
  expect(await names('doubted')).toEqual(['Fernmetrics']);
});

test('each word is recorded once, with what was said before', async () => {
  await say('clear');
  await say('clear');
  await say('keep-out', ana);
  const entries = await listAudit(HOME, { action: 'hold.rule' });
  expect(entries.map(({ by, after }) => [by, after])).toEqual(
    expect.arrayContaining([
      [milo.userId, { about: 'rival', says: 'clear' }],
      [ana.userId, { about: 'rival', says: 'keep-out' }],
    ]),
  );
  expect(entries).toHaveLength(2);
});

test('a form of set-up that was opened before brings nobody back who is kept out since', async () => {
  const { leaveOut } = await getProgramme(HOME);
  await say('keep-out');
  await saveProgramme(ana, 'leaveOut', leaveOut, addMinutes(AT, 2));
  expect([...(await names('suggested')), ...(await names('held'))]).toEqual(['Peatworks']);
});

test('what an admin typed into set-up stays there, whatever is said of the company', async () => {
  const { leaveOut } = await getProgramme(HOME);
  await saveProgramme(ana, 'leaveOut', { ...leaveOut, competitors: ['fernmetrics.example'] }, AT);
  for (const says of ['keep-out', 'clear'] as const) await say(says);
  expect((await getProgramme(HOME)).leaveOut.competitors).toEqual(['fernmetrics.example']);
  expect(await names('suggested')).toEqual(['Peatworks']);
});

test('two who say different things at once: one of them stands, whole, and the next click mends it', async () => {
  for (let n = 1; n <= 12; n++) {
    const { id: companyId, name } = await aRival(n);
    const word = (says: 'clear' | 'keep-out', by = milo) => ruleOnHold(by, { companyId, about: 'rival', says }, addMinutes(AT, n));
    await Promise.all([word('keep-out', ana), setTimeout(n).then(() => word('clear'))]);
    const [review] = await listReviews(HOME, [companyId]);
    expect((await names('suggested')).includes(name)).toBe(review?.ruling?.kind === 'clear');
    await word('clear');
    expect(await names('suggested')).toContain(name);
  }
});

describe('who may not', () => {
  test.each([
    ['a member', mia, 'role-needed'],
    ['a person of another company', pia, 'internal-only'],
  ])('%s', async (_who, actor, code) => {
    await expect(ruleOnHold(actor, { companyId: rival.id, about: 'rival', says: 'clear' }, AT)).rejects.toMatchObject({ code });
    expect(await names('doubted')).toEqual(['Fernmetrics']);
    expect((await listAudit(HOME, { action: 'hold.rule-refused' })).map(({ by }) => by)).toEqual([actor.userId]);
  });

  test('for another workspace', async () => {
    const stranger = { ...milo, workspaceId: 'T0OTHER' };
    await expect(ruleOnHold(stranger, { companyId: rival.id, about: 'rival', says: 'keep-out' }, AT)).rejects.toMatchObject({
      code: 'company-unknown',
    });
    expect(await names('doubted')).toEqual(['Fernmetrics']);
  });
});
