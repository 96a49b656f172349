/** Breaks one payload in one way, the same way for the same seed. */

export type Random = () => number;

/** mulberry32: small, seeded, good enough to choose with. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

type Node = Record<string, unknown> | unknown[];
type Spot = { parent: Node; key: string };

const NASTY: unknown[] = [
  null,
  '',
  0,
  -1,
  true,
  [],
  {},
  [[[]]],
  { toString: 'x' },
  'x'.repeat(20_000),
  '\u0000\u202e<!channel>\ud83d',
  '__proto__',
  'constructor',
  "{'$gt':''}",
  { $gt: '' },
  { id: 'U0ANAALDER', team_id: 'T0ELSEWHERE' },
  'U0NOBODY00',
  'T0ELSEWHERE',
  '{"from":-1,"words":7}',
  ['a', null, 3],
];

/** Copies the payload and puts something that does not belong there into one or two places of it. */
export function mutated(payload: unknown, random: Random): unknown {
  const copy: unknown = structuredClone(payload);
  const times = random() < 0.3 ? 2 : 1;
  for (let n = 0; n < times; n++) {
    const { parent, key } = pick(random, spots(copy));
    const how = random();
    if (how < 0.25 && !Array.isArray(parent)) delete parent[key];
    else if (how < 0.35 && !Array.isArray(parent)) Object.assign(parent, { [`${key}x`]: parent[key], [key]: undefined });
    else Object.assign(parent, { [key]: pick(random, NASTY) });
  }
  return copy;
}

function spots(value: unknown): Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Node;
  return Object.entries(parent).flatMap(([key, child]) => [{ parent, key }, ...spots(child)]);
}
