import { expect, test } from 'vitest';
import { keepLastUsed } from '../../src/platform/last-used.ts';

const names = ['a', 'b', 'c'];
const two = () => {
  const kept = keepLastUsed<{ weight: number }>(10, ({ weight }) => weight);
  const [a, b] = [{ weight: 4 }, { weight: 4 }];
  kept.set('a', a);
  kept.set('b', b);
  return { kept, a, b, left: () => names.filter((name) => kept.get(name)) };
};

test('what was not used for longest goes when all together weigh too much', () => {
  const { kept, left } = two();
  expect(left()).toEqual(['a', 'b']);
  kept.get('a');
  kept.set('c', { weight: 4 });
  expect(left()).toEqual(['a', 'c']);
});

test('others go for one that has grown; that one stays, however much it weighs', () => {
  const { kept, a, left } = two();
  a.weight = 7;
  kept.set('a', a);
  expect(left()).toEqual(['a']);
  a.weight = 11;
  kept.set('a', a);
  expect([left(), kept.get('a')]).toEqual([['a'], a]);
});

test('what is forgotten is not there', () => {
  const { kept, left } = two();
  kept.forget('a');
  expect([left(), kept.get('a')]).toEqual([['b'], undefined]);
});
