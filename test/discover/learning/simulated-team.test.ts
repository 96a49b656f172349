import { describe, expect, test } from 'vitest';
import { CRITERION_IDS } from '../../../src/discover/fit/criteria.ts';
import { play, START, type Team, tasteFor } from './made-up-team.ts';

const SEEDS = [1, 2, 3, 4];
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rises = (team: Team, decisions?: number) => SEEDS.map((seed) => play(team, seed, decisions).rise);

/** Drafts what reaches its bar. */
const steady: Team['yes'] = (value, bar) => value > bar;
/** As `steady`, but every seventh time it throws a coin. */
const wavering: Team['yes'] = (value, bar, random) => (random() < 0.15 ? random() < 0.5 : value > bar);

describe('within 50 decisions the favourites of a team with a taste of its own rise', () => {
  test.each(CRITERION_IDS)('it loves %s', (id) => {
    const all = rises({ taste: tasteFor(id), yes: steady });
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
    expect(mean(all)).toBeGreaterThan(0.05);
  });

  test('it loves two things', () => {
    const [first = '', , , second = ''] = CRITERION_IDS;
    expect(mean(rises({ taste: tasteFor(first, second), yes: steady }))).toBeGreaterThan(0.05);
  });

  test('it wavers', () => {
    const all = CRITERION_IDS.flatMap((id) => rises({ taste: tasteFor(id), yes: wavering }));
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
    expect(mean(all)).toBeGreaterThan(0.05);
  });
});

describe('a team whose decisions say nothing does not end worse than the start', () => {
  const taste = tasteFor(CRITERION_IDS[0] ?? '');
  test.each<[string, Team]>([
    ['throws a coin', { taste, yes: (_value, _bar, random) => random() < 0.5 }],
    ['drafts one in five by chance', { taste, yes: (_value, _bar, random) => random() < 0.2 }],
    ['drafts everything', { taste, yes: () => true }],
    ['turns everything down', { taste, yes: () => false }],
    ['has the taste of the start, and wavers', { taste: START, yes: wavering }],
  ])('it %s', (_name, team) => {
    for (const decisions of [25, 50, 120]) for (const rise of rises(team, decisions)) expect(rise).toBeGreaterThanOrEqual(0);
  });
});
