import { beforeEach, describe, expect, test } from 'vitest';
import { findChecklist } from '../../../src/onboard/checklists/checklist-repository.ts';
import { followPartner, noteMilestone, startChecklist } from '../../../src/onboard/checklists/follow-partner.ts';
import { settleStep } from '../../../src/onboard/checklists/settle-step.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { aPartner, changed, piaOf } from '../../support/a-partner.ts';
import { AT, ana, aProgramme, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let partner: Partner;
beforeEach(async () => {
  await aProgramme();
  partner = await aPartner({ types: ['agency'] });
});

const step = async (id: string) => (await findChecklist(HOME, partner.id))?.steps.find((one) => one.id === id);
const at = (stepId: string) => ({ partnerId: partner.id, stepId });
const DONE = { to: 'done', proof: null } as const;
const PROOF = { fileId: 'F1', name: 'services.pdf', size: 9 };
const refused = (code: string) => ({ name: 'Refusal', code });

test('it is made when a partner is added, once, whoever else makes it too', async () => {
  const before = await findChecklist(HOME, partner.id);
  expect(before?.steps.map(({ state }) => state)).not.toContain('done');
  expect(before?.firstDue).toBe('2026-11-26');
  const lists = await Promise.all([startChecklist(partner, AT), followPartner(partner, AT)]);
  expect(new Set(lists.map(({ id }) => id))).toEqual(new Set([before?.id]));
  expect(await listAudit(HOME, { action: 'checklist.start' })).toHaveLength(1);
});

describe('who may tick', () => {
  test.each([
    ['the partner’s person on their side', () => piaOf(partner), 'interests', null],
    ['the partner’s person on ours', () => piaOf(partner), 'kickoff', 'internal-only'],
    ['somebody of another partner', () => ({ ...piaOf(partner), partnerId: 'ffffffffffffffffffffffff' }), 'interests', 'partner-only'],
    ['a stranger', () => pia, 'interests', 'internal-only'],
    ['a colleague on ours', () => mia, 'kickoff', null],
    ['a colleague on theirs', () => mia, 'interests', 'role-needed'],
    ['a manager on theirs', () => milo, 'interests', null],
    ['anybody what something else settles', () => ana, 'agreement', 'step-settled-by'],
    ['their person a step that takes a file', () => piaOf(partner), 'services', 'step-settled-by'],
    ['a step that is not there', () => ana, 'nothing', 'step-unknown'],
  ])('%s', async (_name, actor, stepId, code) => {
    const ticked = settleStep(actor(), at(stepId), DONE, AT);
    if (code) await expect(ticked).rejects.toMatchObject(refused(code));
    else expect(await ticked).toMatchObject({ changed: true });
    expect((await step(stepId))?.state ?? 'open').toBe(code ? 'open' : 'done');
  });

  test('only a manager says that a step is not needed, or opens it again', async () => {
    await expect(settleStep(piaOf(partner), at('interests'), { to: 'waived', proof: null }, AT)).rejects.toMatchObject(
      refused('internal-only'),
    );
    await settleStep(milo, at('agreement'), { to: 'waived', proof: null }, AT);
    expect(await step('agreement')).toMatchObject({ state: 'waived', by: milo.userId });
    expect((await step('demo'))?.dueOn).toBe('2026-11-26');
    await settleStep(milo, at('agreement'), { to: 'open', proof: null }, AT);
    expect(await step('agreement')).toMatchObject({ state: 'open', by: null, at: null });
    expect((await step('demo'))?.dueOn).toBeNull();
  });

  test('after the end of the partnership nobody of theirs', async () => {
    const ended = await changed(partner, { status: 'ended', statusAt: AT });
    await expect(settleStep(piaOf(ended), at('interests'), DONE, AT)).rejects.toMatchObject(refused('partner-ended'));
    expect(await followPartner(ended, AT)).toMatchObject({ firstDue: null, stoppedAt: AT });
    expect(await followPartner({ ...ended, status: 'onboarding' }, AT)).toMatchObject({ firstDue: '2026-11-30', stoppedAt: null });
  });
});

test('two who tick at once: one is it, both see it done, and another tick beside it is not lost', async () => {
  const all = [
    settleStep(piaOf(partner), at('interests'), DONE, AT),
    settleStep(milo, at('interests'), DONE, AT),
    settleStep(mia, at('kickoff'), DONE, AT),
  ];
  const outcomes = (await Promise.all(all)).map(({ changed: isTheirs }) => isTheirs);
  expect(outcomes.slice(0, 2).toSorted()).toEqual([false, true]);
  expect(outcomes[2]).toBe(true);
  expect([(await step('interests'))?.state, (await step('kickoff'))?.state]).toEqual(['done', 'done']);
  expect(await listAudit(HOME, { action: 'checklist.settle' })).toHaveLength(2);
});

test('a file is kept by its id, its name and its size', async () => {
  await settleStep(piaOf(partner), at('services'), { to: 'done', proof: PROOF }, AT);
  expect((await step('services'))?.proof).toEqual(PROOF);
});

test('a milestone that is noted twice, also at once, settles its step once', async () => {
  const note = () => noteMilestone(HOME, partner.id, 'agreement-accepted', AT);
  await Promise.all([note(), note()]);
  await noteMilestone(HOME, partner.id, 'agreement-accepted', new Date('2026-12-01T09:00:00Z'));
  expect(await step('agreement')).toMatchObject({ state: 'done', by: 'system', at: AT });
  expect(await listAudit(HOME, { action: 'checklist.milestone' })).toHaveLength(1);
});

test('what the partner’s record shows is settled without a report', async () => {
  const registered = new Date('2026-11-25T10:00:00Z');
  await followPartner(await changed(partner, { firstRegistrationAt: registered }), registered);
  expect(await step('channel')).toMatchObject({ state: 'done', by: 'system' });
  expect(await step('first-registration')).toMatchObject({ state: 'done', at: registered });
});
