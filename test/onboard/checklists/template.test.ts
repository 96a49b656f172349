import { describe, expect, test } from 'vitest';
import { followed, openStep, withDueDays } from '../../../src/onboard/checklists/checklist.ts';
import { DEFAULT_STEPS } from '../../../src/onboard/checklists/default-steps.ts';
import { Step } from '../../../src/onboard/checklists/step.ts';
import { cycleIn, MOST_STEPS, mergeSteps } from '../../../src/onboard/checklists/template.ts';
import { PARTNER_TYPES } from '../../../src/programme/setup/programme.ts';

const AT = new Date('2026-11-23T09:00:00Z');
const LATER = new Date('2026-11-26T09:00:00Z');
const WEEK = { timeZone: 'UTC', weekdays: [1, 2, 3, 4, 5] };
const step = (id: string, dependsOn: string[] = [], more: Partial<Step> = {}): Step => ({
  ...{ id, title: `Step ${id}`, side: 'ours', dueDays: 1, evidence: 'click', dependsOn },
  ...more,
});

test.each(PARTNER_TYPES)('what comes with the product for %s is whole: no circle, nothing unknown, the first registration last', (type) => {
  const steps = [...DEFAULT_STEPS[type]];
  const ids = steps.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(steps.map((one) => Step.safeParse(one).success)).not.toContain(false);
  expect(cycleIn(steps)).toBeNull();
  expect(steps.flatMap(({ dependsOn }) => dependsOn).filter((id) => !ids.includes(id))).toEqual([]);
  expect(steps.at(-1)?.evidence).toBe('first-registration');
  expect(steps.length).toBeLessThanOrEqual(MOST_STEPS);
});

describe('steps that wait for each other', () => {
  test.each([
    ['none', [step('a'), step('b', ['a'])], null],
    ['itself', [step('a', ['a'])], ['a']],
    ['two', [step('a', ['b']), step('b', ['a'])], ['a', 'b']],
    ['three behind another', [step('x', ['a']), step('a', ['b']), step('b', ['c']), step('c', ['a'])], ['a', 'b', 'c']],
    ['two ways to the same are no circle', [step('a', ['b', 'c']), step('b', ['d']), step('c', ['d']), step('d')], null],
    ['what is not there counts as done', [step('a', ['gone'])], null],
  ])('%s', (_name, steps, cycle) => {
    expect(cycleIn(steps)).toEqual(cycle);
  });
});

test('several types: each step once, as the first has it, the first registration at the end', () => {
  const registered = { evidence: 'first-registration' as const };
  const one = [step('a', ['b']), step('b'), step('first', ['a'], registered)];
  const two = [step('b', ['a'], { title: 'Another b' }), step('c', ['b', 'a']), step('first', ['c'], registered)];
  const merged = mergeSteps([one, two]);
  expect(merged.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'first']);
  expect(merged[1]?.title).toBe('Step b');
  expect(cycleIn(merged)).toBeNull();
});

test('a step is due from when the last step it waits for was settled, and not before', () => {
  const steps = withDueDays([openStep(step('a')), openStep(step('b', [], { dueDays: 3 })), openStep(step('c', ['a', 'b']))], AT, WEEK);
  expect(steps.map(({ dueOn }) => dueOn)).toEqual(['2026-11-24', '2026-11-26', null]);
  const half = steps.map((one) => (one.id === 'a' ? { ...one, state: 'done' as const, at: AT } : one));
  expect(withDueDays(half, AT, WEEK)[2]?.dueOn).toBeNull();
  const both = half.map((one) => (one.id === 'b' ? { ...one, state: 'waived' as const, at: LATER } : one));
  expect(withDueDays(both, AT, WEEK)[2]).toMatchObject({ dueOn: '2026-11-27', readyAt: LATER });
});

test('a day once given stays when the weekdays change', () => {
  const steps = withDueDays([openStep(step('a'))], AT, WEEK);
  expect(withDueDays(steps, AT, { ...WEEK, weekdays: [5] })).toEqual(steps);
});

test('a checklist that follows: what is settled stays, what is open changes, what is new is due from now, what is gone goes', () => {
  const start = withDueDays([openStep(step('done')), openStep(step('open')), openStep(step('gone'))], AT, WEEK);
  const steps = start.map((one) => (one.id === 'done' ? { ...one, state: 'done' as const, by: 'U0ANA', at: AT } : one));
  const wanted = [step('done', [], { title: 'Another title' }), step('open', ['gone'], { dueDays: 4 }), step('new')];
  const after = withDueDays(followed(steps, wanted, LATER), AT, WEEK);
  expect(after.map(({ id, title, dueOn, dependsOn }) => [id, title, dueOn, dependsOn])).toEqual([
    ['done', 'Step done', '2026-11-24', []],
    ['open', 'Step open', '2026-11-27', []],
    ['new', 'Step new', '2026-11-27', []],
  ]);
});
