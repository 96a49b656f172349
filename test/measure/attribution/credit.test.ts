import { addDays } from 'date-fns';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEAL_ROLES } from '../../../src/manage/deals/deal.ts';
import { creditSale } from '../../../src/measure/attribution/credit.ts';
import { MODEL_NAMES, ONE, sharesBy } from '../../../src/measure/attribution/models.ts';
import { defaultMeasureRules } from '../../../src/measure/measure-rules/measure-rules.ts';
import { momentOn } from '../../../src/measure/touches/note-touch.ts';
import { TOUCH_TYPES, type Touch } from '../../../src/measure/touches/touch.ts';
import { AT, HOME } from '../../support/builders.ts';

const rules = defaultMeasureRules(HOME);
const sale = { createdAt: AT, closedAt: addDays(AT, 60) };
const day = (count: number) => addDays(AT, count);

function touch(partnerId: string, type: Touch['type'], at: Date, also: Partial<Touch> = {}): Touch {
  const source = `${partnerId} ${type} ${at.toISOString()}`;
  const base = {
    workspaceId: HOME,
    saleId: 'deal:1',
    role: 'influence',
    recordedAt: at,
    by: 'U1',
    evidence: '',
    lateOverride: null,
  } as const;
  return { ...base, source, partnerId, type, at, ...also };
}
const partOf = (touches: Touch[], partnerId: string, of = sale) =>
  creditSale(of, touches, rules, day(90)).credits.find((credit) => credit.partnerId === partnerId);

test('whoever registered first sourced it; another who moved it on while it was open influenced it', () => {
  const touches = [touch('b', 'demo', day(10)), touch('a', 'registration', day(-3)), touch('b', 'registration', day(2))];
  expect(partOf(touches, 'a')?.kinds).toEqual(['sourced']);
  expect(partOf(touches, 'b')?.kinds).toEqual(['influenced', 'co-sell']);
});

test('a claim after the deadline sources nothing until somebody lets it count, and then it says who', () => {
  const late = touch('a', 'registration', day(15));
  expect(creditSale(sale, [late], rules, day(90))).toEqual({ credits: [], uncounted: [{ source: late.source, because: 'claimed-late' }] });
  expect(partOf([{ ...late, lateOverride: { by: 'U1', because: 'The form was broken', at: day(16) } }], 'a')?.kinds).toEqual(['sourced']);
  expect(partOf([touch('a', 'referral-accepted', day(15), { by: 'link' })], 'a')?.kinds).toContain('sourced');
  expect(partOf([touch('a', 'registration', day(14))], 'a')?.kinds).toEqual(['sourced']);
});

test('what lies longer before the sale than the look-back window does not count, and nothing that happened while it was open is too old', () => {
  const long = { createdAt: AT, closedAt: day(700) };
  expect(creditSale(long, [touch('a', 'event', day(-91)), touch('b', 'event', day(1))], rules, day(900)).uncounted).toEqual([
    { source: expect.stringMatching(/^a /), because: 'too-old' },
  ]);
});

test('who implements has delivered, which is no part in selling', () => {
  const touches = [touch('a', 'registration', day(-3), { role: 'source' }), touch('b', 'implementation', day(80), { role: 'implement' })];
  expect(partOf(touches, 'b')).toMatchObject({ kinds: ['delivered'], shares: { first: 0, linear: 0, roles: 333_333 } });
});

test('each model gives the parts it is named for', () => {
  const touches = ['a', 'b', 'c', 'd'].map((partnerId, place) => touch(partnerId, 'event', day(place * 30)));
  const by = (name: (typeof MODEL_NAMES)[number]) => [...sharesBy(name, touches, rules, day(90)).values()];
  expect(by('first')).toEqual([ONE, 0, 0, 0]);
  expect(by('last')).toEqual([0, 0, 0, ONE]);
  expect(by('linear')).toEqual([250_000, 250_000, 250_000, 250_000]);
  expect(by('position')).toEqual([400_000, 100_000, 100_000, 400_000]);
  expect(by('decay')).toEqual([66_667, 133_333, 266_667, 533_333]);
  expect([...sharesBy('position', touches.slice(0, 2), rules, day(90)).values()]).toEqual([500_000, 500_000]);
});

const touches = fc
  .array(
    fc.record({
      partnerId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      type: fc.constantFrom(...TOUCH_TYPES),
      role: fc.constantFrom(...DEAL_ROLES),
      after: fc.integer({ min: -120, max: 80 }),
    }),
    { maxLength: 15 },
  )
  .map((all) => all.map(({ partnerId, type, role, after }, place) => touch(partnerId, type, day(after), { role, source: `s${place}` })));

test('shares of every model are exactly one or none at all, in whatever order the touches come', () => {
  fc.assert(
    fc.property(touches, fc.integer(), (all, seed) => {
      const { credits } = creditSale(sale, all, rules, day(90));
      for (const name of MODEL_NAMES) expect([0, ONE]).toContain(credits.reduce((sum, { shares }) => sum + shares[name], 0));
      const shuffled = [...all].sort(
        (a, b) => ((Number(a.source.slice(1)) * 7919 + seed) % 13) - ((Number(b.source.slice(1)) * 7919 + seed) % 13),
      );
      const byId = (one: typeof credits) => [...one].sort((a, b) => (a.partnerId < b.partnerId ? -1 : 1));
      expect(byId(creditSale(sale, shuffled, rules, day(90)).credits)).toEqual(byId(credits));
    }),
  );
});

test('one partner at most sourced a sale, and it did not influence it as well', () => {
  fc.assert(
    fc.property(touches, (all) => {
      const { credits } = creditSale(sale, all, rules, day(90));
      expect(credits.filter(({ kinds }) => kinds.includes('sourced')).length).toBeLessThanOrEqual(1);
      for (const { kinds } of credits) expect(kinds).not.toEqual(expect.arrayContaining(['sourced', 'influenced']));
    }),
  );
});

test('a day that was noted lies within the sale on the days on which that began and ended, and never in the future', () => {
  const sale = { createdAt: new Date('2026-11-10T16:00:00Z'), closedAt: new Date('2026-11-20T08:00:00Z') };
  const on = (noted: string, now = '2026-12-01T00:00:00Z', zone = 'Europe/Berlin') =>
    momentOn(noted, { sale, zone, now: new Date(now) }).toISOString();
  expect(on('2026-11-15')).toBe('2026-11-15T11:00:00.000Z');
  expect(on('2026-11-10')).toBe('2026-11-10T16:00:00.000Z');
  expect(on('2026-11-20')).toBe('2026-11-20T08:00:00.000Z');
  expect(on('2026-11-15', '2026-11-15T06:00:00Z')).toBe('2026-11-15T06:00:00.000Z');
  expect(on('2026-11-11', '2026-12-01T00:00:00Z', 'Asia/Tokyo')).toBe('2026-11-11T03:00:00.000Z');
});
