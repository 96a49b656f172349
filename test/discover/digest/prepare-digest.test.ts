import { addDays, addHours } from 'date-fns';
import { describe, expect, test } from 'vitest';
import { digestCard } from '../../../blocks/discover/digest-card.ts';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { markPosted } from '../../../src/discover/digest/digest-repository.ts';
import { prepareDigest } from '../../../src/discover/digest/prepare-digest.ts';
import { findCompaniesByName } from '../../../src/programme/companies/company-names.ts';
import { AT, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { bringCompanies, setUp } from '../../support/ready-workspace.ts';

useMongo();
/** As the job does it: chosen, then posted. */
const prepare = async (day: string, { round = 0, at = AT }: { round?: number; at?: Date } = {}) => {
  const digest = await prepareDigest(HOME, { day, round, by: 'schedule' }, at);
  await markPosted(HOME, digest.id, at);
  return digest;
};
const names = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);
const companyId = async (name: string) => (await findCompaniesByName(HOME, name, 1))[0]?.id ?? '';

describe('one digest a day and round', () => {
  test('asked for twenty times at once: one, the same for all', async () => {
    await setUp(AT);
    await bringCompanies(12, AT);
    const digests = await Promise.all(Array.from({ length: 20 }, () => prepare('2026-11-23')));
    expect(new Set(digests.map(({ id }) => id)).size).toBe(1);
    expect(new Set(digests.map((digest) => names(digest).join()))).toHaveProperty('size', 1);
  });

  test('five days and three rounds at once: each company in one of them', async () => {
    await setUp(AT);
    await bringCompanies(60, AT);
    const slots = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'].map((day) => ({ day, round: 0 }));
    const digests = await Promise.all(
      [...slots, { day: '2026-11-23', round: 1 }, { day: '2026-11-23', round: 2 }].map(({ day, round }) => prepare(day, { round })),
    );
    const all = digests.flatMap(names);
    expect(all).toHaveLength(7 * 5);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(digests.map(({ number }) => number)).size).toBe(7);
  });

  test('consecutive days show every company once and then say that there are none left', async () => {
    await setUp(AT);
    await bringCompanies(22, AT);
    const digests = [];
    for (const day of ['23', '24', '25', '26', '27', '28']) digests.push(await prepare(`2026-11-${day}`));
    expect(digests.map(({ items }) => items.length)).toEqual([5, 5, 5, 5, 2, 0]);
    expect(new Set(digests.flatMap(names)).size).toBe(22);
    const [empty] = digests.slice(-1).map((digest) => JSON.stringify(digestCard(digest, new Map())));
    expect(empty).toContain('Bring new ones as a file');
    expect(empty).toContain('import.open');
  });

  test('companies that come in between are in the next one', async () => {
    await setUp(AT);
    await bringCompanies(2, AT);
    expect(names(await prepare('2026-11-23'))).toHaveLength(2);
    await bringCompanies(1, AT, 'Larchwood');
    expect(names(await prepare('2026-11-23'))).not.toContain('Larchwood 1');
    expect(names(await prepare('2026-11-24'))).toEqual(['Larchwood 1']);
  });

  test('importing a company again does not bring it back', async () => {
    await setUp(AT);
    await bringCompanies(3, AT);
    await prepare('2026-11-23');
    await bringCompanies(3, addDays(AT, 1));
    expect(names(await prepare('2026-11-24'))).toEqual([]);
  });
});

describe('what was decided', () => {
  test.each([
    ['not a fit', { kind: 'not-fit', reason: 'other', note: '' } as const],
    ['pursued', { kind: 'pursued' } as const],
  ])('%s: never again, and not before it was posted either', async (_name, choice) => {
    await setUp(AT);
    await bringCompanies(2, AT);
    await decideCompany(milo, await companyId('Oakfield 2'), choice, AT);
    expect(names(await prepare('2026-11-23'))).toEqual(['Oakfield 1']);
    await decideCompany(milo, await companyId('Oakfield 1'), choice, AT);
    expect(names(await prepare('2027-11-23', { at: addDays(AT, 365) }))).toEqual([]);
  });

  test('taken back before it was ever posted: it comes', async () => {
    await setUp(AT);
    await bringCompanies(1, AT);
    await decideCompany(milo, await companyId('Oakfield 1'), { kind: 'not-fit', reason: 'other', note: '' }, AT);
    await decideCompany(milo, await companyId('Oakfield 1'), { kind: 'undecided' }, AT);
    expect(names(await prepare('2026-11-23'))).toEqual(['Oakfield 1']);
  });

  test.each([true, false])('put off (posted before: %s): comes back once, after its date', async (postedBefore) => {
    await setUp(AT);
    await bringCompanies(1, AT);
    if (postedBefore) await prepare('2026-11-23');
    await decideCompany(milo, await companyId('Oakfield 1'), { kind: 'later' }, AT);
    const on = (days: number) => prepare(addDays(AT, days).toISOString().slice(0, 10), { at: addDays(AT, days) });
    expect(names(await on(1))).toEqual([]);
    expect(names(await on(29))).toEqual([]);
    expect(names(await on(30))).toEqual(['Oakfield 1']);
    expect(names(await on(31))).toEqual([]);
    expect(names(await on(400))).toEqual([]);
    await decideCompany(milo, await companyId('Oakfield 1'), { kind: 'later' }, addDays(AT, 401));
    expect(names(await on(430))).toEqual([]);
    expect(names(await on(431))).toEqual(['Oakfield 1']);
  });
});

test('a digest that never reached the channel keeps its companies for a day, then they may be chosen again', async () => {
  await setUp(AT);
  await bringCompanies(1, AT);
  await prepareDigest(HOME, { day: '2026-11-23', round: 0, by: 'schedule' }, AT);
  expect(names(await prepare('2026-11-24', { at: addHours(AT, 23) }))).toEqual([]);
  expect(names(await prepare('2026-11-25', { at: addHours(AT, 25) }))).toEqual(['Oakfield 1']);
  expect(names(await prepare('2026-11-26', { at: addHours(AT, 49) }))).toEqual([]);
});

describe('who is never in a digest', () => {
  test('the left-out, also when they are the only ones', async () => {
    await setUp(AT);
    await bringCompanies(1, AT, 'Larkspur');
    await bringCompanies(1, AT);
    // Larkspur itself is the workspace's own company; its numbered namesake is not.
    expect(names(await prepare('2026-11-23')).sort()).toEqual(['Larkspur 1', 'Oakfield 1']);
  });

  test('without set-up it is refused', async () => {
    await expect(prepare('2026-11-23')).rejects.toMatchObject({ code: 'setup-incomplete' });
  });

  test.each([1, 10])('%i a day', async (count) => {
    await setUp(AT, { count });
    await bringCompanies(12, AT);
    expect((await prepare('2026-11-23')).items).toHaveLength(count);
  });
});
