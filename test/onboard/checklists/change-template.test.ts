import { beforeEach, describe, expect, test } from 'vitest';
import { followTemplatesJob } from '../../../jobs/onboard/follow-templates.ts';
import { changeTemplate, type TemplateEdit } from '../../../src/onboard/checklists/change-template.ts';
import { findChecklist } from '../../../src/onboard/checklists/checklist-repository.ts';
import { DEFAULT_STEPS } from '../../../src/onboard/checklists/default-steps.ts';
import { listBehind } from '../../../src/onboard/checklists/follow-templates.ts';
import { settleStep } from '../../../src/onboard/checklists/settle-step.ts';
import type { Step } from '../../../src/onboard/checklists/step.ts';
import { MOST_STEPS } from '../../../src/onboard/checklists/template.ts';
import { getTemplate } from '../../../src/onboard/checklists/template-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME, mia, milo, pia } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
beforeEach(() => aProgramme());

const STEP: Omit<Step, 'id'> = { title: 'Send the logo', side: 'theirs', dueDays: 4, evidence: 'file', dependsOn: [] };
const put = (step: Partial<Step>): TemplateEdit => ({ kind: 'put', step: { ...STEP, id: null, ...step } });
const edit = (change: TemplateEdit, rev: number) => changeTemplate(milo, { type: 'affiliate', rev }, change, AT);
const ids = async () => (await getTemplate(HOME, 'affiliate')).steps.map(({ id }) => id);
const START = DEFAULT_STEPS.affiliate.map(({ id }) => id);
const refused = (code: string) => ({ name: 'Refusal', code });

test('steps are added, changed, moved and removed; what waited for a removed one waits no more', async () => {
  expect((await edit(put({}), 0)).steps.at(-1)).toMatchObject(STEP);
  await edit(put({ id: 'link', title: 'Send your link', dependsOn: [] }), 1);
  await edit({ kind: 'move', stepId: 'agreement', by: -1 }, 2);
  const { steps } = await edit({ kind: 'remove', stepId: 'claims' }, 3);
  expect(steps.slice(0, 2).map(({ id }) => id)).toEqual(['agreement', 'channel']);
  expect(steps.find(({ id }) => id === 'link')).toMatchObject({ title: 'Send your link', dependsOn: [] });
  expect(steps.find(({ id }) => id === 'first-registration')?.dependsOn).toEqual([]);
  expect(await listAudit(HOME, { action: 'template.change' })).toHaveLength(4);
});

describe('what is refused leaves the template as it is', () => {
  test.each([
    ['a circle', put({ id: 'agreement', dependsOn: ['first-registration'] }), 0, 'step-cycle'],
    ['a step that is not there', put({ id: 'nothing' }), 0, 'step-unknown'],
    ['a template that somebody else has changed', put({}), 3, 'template-moved-on'],
  ])('%s', async (_name, change, rev, code) => {
    await expect(edit(change, rev)).rejects.toMatchObject(refused(code));
    expect(await ids()).toEqual(START);
  });

  test('by whom', async () => {
    for (const [actor, code] of [
      [mia, 'role-needed'],
      [pia, 'internal-only'],
    ] as const)
      await expect(changeTemplate(actor, { type: 'affiliate', rev: 0 }, put({}), AT)).rejects.toMatchObject(refused(code));
  });

  test('more steps than there is room for', async () => {
    let { rev, steps } = await getTemplate(HOME, 'affiliate');
    while (steps.length < MOST_STEPS) ({ rev, steps } = await edit(put({}), rev));
    await expect(edit(put({}), rev)).rejects.toMatchObject(refused('template-full'));
  });
});

test('two who change it at once: one does, the other is told', async () => {
  const both = await Promise.allSettled([edit(put({ title: 'One of them' }), 0), edit(put({ title: 'The other' }), 0)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await ids()).toHaveLength(START.length + 1);
});

test('running checklists follow when somebody says so, once, and what is done stays done', async () => {
  const partner = await aPartner({ types: ['affiliate'] });
  await settleStep(milo, { partnerId: partner.id, stepId: 'agreement' }, { to: 'waived', proof: null }, AT);
  await edit({ kind: 'remove', stepId: 'agreement' }, 0);
  await edit(put({ title: 'Send the logo' }), 1);
  const stored = async () => (await findChecklist(HOME, partner.id))?.steps.map(({ title, state }) => [title, state]);
  expect(await stored()).not.toContainEqual(['Send the logo', 'open']);
  expect((await listBehind(HOME, 'affiliate', AT)).map(({ id }) => id)).toEqual([partner.id]);
  const follow = () => followTemplatesJob.run({ workspaceId: HOME, type: 'affiliate', by: milo.userId }, someDeps());
  await follow();
  await follow();
  expect(await stored()).toContainEqual(['Send the logo', 'open']);
  expect(await stored()).toContainEqual(['Accept the affiliate terms', 'waived']);
  expect(await listBehind(HOME, 'affiliate', AT)).toEqual([]);
  expect(await listAudit(HOME, { action: 'checklist.follow' })).toHaveLength(1);
});
