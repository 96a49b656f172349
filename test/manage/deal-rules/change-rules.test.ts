import { beforeEach, expect, test } from 'vitest';
import { badLineWords } from '../../../blocks/manage/rules-form.ts';
import { changeDealRules } from '../../../src/manage/deal-rules/change-rules.ts';
import { defaultRules } from '../../../src/manage/deal-rules/deal-rules.ts';
import { getDealRules } from '../../../src/manage/deal-rules/deal-rules-repository.ts';
import { readRules, typedRules } from '../../../src/manage/deal-rules/typed-rules.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { AT, ana, aProgramme, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
beforeEach(() => aProgramme());
const BEFORE = defaultRules(HOME);
const TIERS = ['Gold', 'Silver'];
const TYPED = {
  reviewDays: '2',
  holidays: '2026-12-25\n\n 2026-12-24 \n2026-12-25',
  protection: 'Everybody: 60\nReseller: 120\nGold: 180',
  openLimit: 'Everybody: 20\nGold = 50',
  territories: 'Germany\nAT',
};

test('lines are read, and written as they are read', () => {
  const { rules, bad } = readRules(TYPED, BEFORE, TIERS);
  expect(bad).toEqual([]);
  expect(rules).toEqual({
    reviewDays: 2,
    holidays: ['2026-12-24', '2026-12-25'],
    protection: { days: 60, byType: { reseller: 120 }, byTier: { Gold: 180 } },
    openLimit: { deals: 20, byTier: { Gold: 50 } },
    territories: ['DE', 'AT'],
  });
  expect(readRules(typedRules(rules), BEFORE, TIERS)).toEqual({ rules, bad: [] });
});

test('each line that cannot be read is named', () => {
  const typed = {
    reviewDays: 'soon',
    holidays: '25.12.2026\n2026-02-30',
    protection: 'Gold 120\nSilver: 9\nSilver: 10',
    openLimit: 'Gold: many',
    territories: 'Atlantis',
  };
  expect(readRules(typed, BEFORE, TIERS).bad.map(({ line, why }) => [line, why])).toEqual([
    ['soon', 'not-a-number'],
    ['25.12.2026', 'not-a-day'],
    ['2026-02-30', 'not-a-day'],
    ['Gold 120', 'not-a-pair'],
    ['Silver: 10', 'twice'],
    ['Gold: many', 'not-a-pair'],
    ['Atlantis', 'unknown-country'],
  ]);
});

test('a name is a type or a tier that some partner has, or that the rules have already', () => {
  const typed = { ...TYPED, protection: 'Everybody: 60\nreseler: 120\ngold: 180\nPlatinum: 200', openLimit: 'reseller: 5' };
  const { rules, bad } = readRules(typed, { ...BEFORE, openLimit: { deals: null, byTier: { Platinum: 9 } } }, TIERS);
  expect(rules.protection.byTier).toEqual({ Gold: 180, Platinum: 200 });
  expect(bad.map(({ field, line, why }) => [field, line, why])).toEqual([
    ['protection', 'reseler: 120', 'unknown-name'],
    ['openLimit', 'reseller: 5', 'unknown-name'],
  ]);
  const { protection = '', openLimit = '' } = badLineWords(bad, TIERS);
  for (const part of ['reseler', 'Types: reseller, affiliate', 'Tiers: Gold, Silver']) expect(protection).toContain(part);
  expect(openLimit).not.toContain('Types');
});

test('admins change them; of two who saw the same, the second is told, and the log has what was before', async () => {
  const { rules } = readRules(TYPED, BEFORE, TIERS);
  await expect(changeDealRules(milo, { ...rules, channel: null, rev: 0 }, AT)).rejects.toMatchObject({ code: 'role-needed' });
  const both = await Promise.allSettled(
    [1, 2].map((reviewDays) => changeDealRules(ana, { ...rules, reviewDays, channel: null, rev: 0 }, AT)),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await getDealRules(HOME)).rev).toBe(1);
  expect(await listAudit(HOME, { action: 'deal-rules.change' })).toMatchObject([{ before: { reviewDays: 1, protection: { days: 90 } } }]);
});
