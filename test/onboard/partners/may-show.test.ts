import { expect, test } from 'vitest';
import { mayShow, OBJECTS, type Place, type Shown, SURFACES } from '../../../src/onboard/partners/may-show.ts';
import type { Actor } from '../../../src/programme/workspaces/role.ts';

const OURS = 'partner-ours';
const THEIRS = 'partner-theirs';
const who = { workspaceId: 'T0HOME', userId: 'U1' };

const PLACES: Record<string, Place> = {
  'internal public': { kind: 'internal' },
  'internal private': { kind: 'internal' },
  'shared with this partner': { kind: 'shared', partnerIds: [OURS], others: false },
  'shared with another': { kind: 'shared', partnerIds: [THEIRS], others: false },
  'shared with two': { kind: 'shared', partnerIds: [OURS, THEIRS], others: false },
  'shared with this partner and a company that is none': { kind: 'shared', partnerIds: [OURS], others: true },
  archived: { kind: 'unclear' },
  unknown: { kind: 'unclear' },
};
const READERS: Record<string, Actor> = {
  admin: { kind: 'member', ...who, role: 'admin' },
  manager: { kind: 'member', ...who, role: 'manager' },
  member: { kind: 'member', ...who, role: 'member' },
  guest: { kind: 'stranger', ...who, teamId: null },
  'this partner': { kind: 'partner', ...who, teamId: 'T0OURS', partnerId: OURS },
  'another partner': { kind: 'partner', ...who, teamId: 'T0THEIRS', partnerId: THEIRS },
  stranger: { kind: 'stranger', ...who, teamId: 'T0ELSE' },
  bot: { kind: 'stranger', ...who, teamId: null },
};

/** The rule as a person would write it down: for each kind of thing of this partner, who may read it, and where all may. */
const TEAM = ['admin', 'manager', 'member'];
const AT_HOME = ['internal public', 'internal private'];
type Expected = { readers: string[]; leaves: string[]; standsIn: string[] };
const OURS_ALONE: Expected = { readers: TEAM, leaves: [], standsIn: AT_HOME };
const THEIRS_TOO: Expected = {
  readers: [...TEAM, 'this partner'],
  leaves: ['this partner'],
  standsIn: [...AT_HOME, 'shared with this partner'],
};
const EXPECTED: Record<Shown['object'], Expected> = {
  candidate: OURS_ALONE,
  draft: OURS_ALONE,
  reply: OURS_ALONE,
  note: OURS_ALONE,
  partner: THEIRS_TOO,
  deal: THEIRS_TOO,
  checklist: THEIRS_TOO,
  statement: THEIRS_TOO,
  asset: THEIRS_TOO,
};

const rows = OBJECTS.flatMap((object) =>
  SURFACES.flatMap((surface) =>
    Object.keys(PLACES).flatMap((place) => Object.keys(READERS).map((reader) => ({ object, surface, place, reader }))),
  ),
);

test('each thing of this partner, by each surface, in each place, to each reader', () => {
  expect(rows.length).toBe(9 * 7 * 8 * 8);
  const wrong = rows.filter(({ object, surface, place, reader }) => {
    const { readers, leaves, standsIn } = EXPECTED[object];
    const isOutside = surface === 'mail' || surface === 'page';
    const isOpen = surface === 'message' || surface === 'file';
    const expected = isOutside ? leaves.includes(reader) : readers.includes(reader) && (!isOpen || standsIn.includes(place));
    return shown({ object, partnerId: OURS }, { surface, place, reader }) !== expected;
  });
  expect(wrong).toEqual([]);
});

test('what belongs to no partner stays with the team, but for what all partners may have', () => {
  const leaks = rows.filter(
    ({ object, surface, place, reader }) => !TEAM.includes(reader) && shown({ object, partnerId: null }, { surface, place, reader }),
  );
  expect(new Set(leaks.map(({ object }) => object))).toEqual(new Set(['asset']));
  expect(new Set(leaks.map(({ reader }) => reader))).toEqual(new Set(['this partner', 'another partner']));
  const open = leaks.filter(({ surface }) => surface === 'message' || surface === 'file');
  expect(
    open.filter(({ place }) => ['archived', 'unknown', 'shared with this partner and a company that is none'].includes(place)),
  ).toEqual([]);
});

test('nothing that could be seen by fewer is seen by more: a place with one more company shows no more', () => {
  const more = rows.filter(({ object, surface, reader }) => {
    const of = { object, partnerId: OURS };
    return shown(of, { surface, reader, place: 'shared with two' }) && !shown(of, { surface, reader, place: 'shared with this partner' });
  });
  expect(more).toEqual([]);
});

function shown(thing: Shown, { surface, place, reader }: { surface: (typeof SURFACES)[number]; place: string; reader: string }): boolean {
  const [at, actor] = [PLACES[place], READERS[reader]];
  if (!at || !actor) throw new Error('not in the table');
  return mayShow(thing, { reader: actor, place: at, surface });
}
