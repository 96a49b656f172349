import { expect, test } from 'vitest';
import { getSpending, reserveSpending } from '../../../src/discover/research/spending-repository.ts';
import { HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const one = { searches: 1, tokens: 10, microUsd: 100 };
const room = (count: number) => ({ searches: count, tokens: 10 * count, microUsd: 100 * count });
const taken = (results: boolean[]) => results.filter(Boolean).length;

test('workers who open the day at once are served while there is room, and no further', async () => {
  for (let day = 10; day < 30; day++) {
    const most = day % 2 ? 12 : 30;
    const reserve = () => reserveSpending(HOME, `2026-11-${day}`, one, room(most));
    expect(taken(await Promise.all(Array.from({ length: 30 }, reserve)))).toBe(Math.min(most, 30));
    expect(await getSpending(HOME, `2026-11-${day}`)).toEqual(room(most));
  }
});
