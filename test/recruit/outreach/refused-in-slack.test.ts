import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS, VIEWS } from '../../../blocks/ids.ts';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { listRoles } from '../../../src/programme/workspaces/role-repository.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { ANA, EXT_QUILLMONT, GENERAL, MIA, MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import { type Source, viewSubmission } from '../../sandbox/payloads.ts';
import { aProgramme, aWaitingDraft, HOME, seen } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let product: Product;
let draft: Draft;
beforeEach(async () => {
  product = await startProduct(uri);
  await aProgramme();
  draft = await aWaitingDraft();
  await showDraftJob.run({ workspaceId: HOME, draftId: draft.id }, product.deps);
});
afterEach(() => product.stop());

/** A click on the draft's card as if it stood in the shared channel. */
const clickForged = (source: Source, actionId: string, value = `${draft.id}|${draft.version}`) =>
  forgedClick(product, source, { actionId, value });

/** Submits the approval from a modal this person really has open. */
function forgedApproval(source: Source, shown: object) {
  const { sandbox } = product;
  const open = sandbox.modal(source.actor.id);
  const view = { ...open, callback_id: VIEWS.draftApprove, private_metadata: JSON.stringify(shown), app_installed_team_id: HOME };
  return sandbox.postPayload(viewSubmission(source, { view, values: {}, triggerId: sandbox.trigger(source.actor.id) }));
}

const reads = (person: string, words: string) =>
  product.sandbox.waitFor(() =>
    JSON.stringify(product.sandbox.modal(person)?.blocks ?? []).includes(words) ? product.sandbox.modal(person) : null,
  );

async function nothingHappened() {
  expect(await getDraft(HOME, draft.id)).toEqual(draft);
  expect(product.sandbox.mail).toEqual([]);
}

/** Pia as she is, and Pia whose payload claims to come from the home workspace. */
const disguises: [string, (pia: Source) => Source][] = [
  ['as she is', (pia) => pia],
  ['under the flag of the home workspace', (pia) => ({ ...pia, actor: { ...pia.actor, teamId: HOME }, actorTeam: pia.home })],
];

describe.each(disguises)('a person of a partner company, %s', (_name, disguise) => {
  test('clicks Approve and submits an approval: refused both times, in words, without a line of the draft', async () => {
    const pia = disguise(product.sandbox.sourceOf(PIA));
    expect((await clickForged(pia, ACTIONS.draftApprove)).status).toBe(200);
    const modal = await reads(PIA, 'This is for the team');
    expect(JSON.stringify(modal)).not.toContain('Peatworks');
    const answer = await forgedApproval(pia, seen(draft));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('This is for the team');
    expect(answer.body).not.toContain('Peatworks');
    await nothingHappened();
    const attempts = await listAudit(HOME, { action: 'draft.approve-refused' });
    expect(attempts).toMatchObject([
      { by: PIA, after: { code: 'internal-only' } },
      { by: PIA, after: { code: 'internal-only' } },
    ]);
  });

  test.each([ACTIONS.draftReject, ACTIONS.draftMarkSent])('clicks %s: refused, in words only she reads', async (actionId) => {
    await clickForged(disguise(product.sandbox.sourceOf(PIA)), actionId);
    const told = await product.sandbox.waitFor(() =>
      product.sandbox.messages({ as: PIA, channel: EXT_QUILLMONT }).find(({ onlyFor }) => onlyFor === PIA),
    );
    expect(told.text).toContain('This is for the team');
    expect(product.sandbox.messages({ as: ANA, channel: EXT_QUILLMONT })).toEqual([]);
    await nothingHappened();
    expect(await listAudit(HOME, { action: `${actionId}-refused` })).toHaveLength(1);
  });
});

test('a colleague without a role clicks Approve on the real card, then submits a forged approval: refused both times', async () => {
  const { sandbox } = product;
  const [card] = sandbox
    .messages({ as: MIA, channel: PARTNERSHIPS })
    .filter(({ blocks }) => JSON.stringify(blocks).includes(ACTIONS.draftApprove));
  if (!card) throw new Error('there is no card');
  await sandbox.as(MIA).click(card, ACTIONS.draftApprove);
  await reads(MIA, 'You need the role *manager*');
  expect((await forgedApproval(sandbox.sourceOf(MIA), seen(draft))).body).toContain('You need the role *manager*');
  await nothingHappened();
  expect(await listAudit(HOME, { action: 'draft.approve-refused' })).toHaveLength(2);
});

test('a manager submits approvals that were never offered: each is refused with a sentence, and nothing leaves', async () => {
  const other = await aProgramme('T0OTHER').then(() => aWaitingDraft({ workspaceId: 'T0OTHER' }));
  const attempts: [object, string][] = [
    [seen(other), 'That draft is gone'],
    [{ ...seen(draft), hash: '0'.repeat(64) }, 'has changed since you opened it'],
    [{ ...seen(draft), version: 0 }, 'has changed since you opened it'],
    [{ nonsense: true }, 'is from before I was changed'],
    [{ ...seen(draft), draftId: { $ne: null } }, 'is from before I was changed'],
  ];
  const { sandbox } = product;
  await clickForged(sandbox.sourceOf(MILO), ACTIONS.draftApprove);
  await reads(MILO, 'This leaves once');
  for (const [shown, words] of attempts) expect((await forgedApproval(sandbox.sourceOf(MILO), shown)).body).toContain(words);
  await nothingHappened();
  expect(await getDraft('T0OTHER', other.id)).toEqual(other);
  expect(await listAudit(HOME, { action: 'draft.approve-refused' })).toHaveLength(3);
});

test('nobody outside the home workspace gets a role', async () => {
  const { sandbox } = product;
  await sandbox.as(ANA).command(GENERAL, '/partners roles');
  const form = await reads(ANA, 'Role from now on');
  if (!form) throw new Error('there is no form');
  for (const user of [PIA, sandbox.cast.app.botUserId, 'U0NOBODY']) {
    const answer = await sandbox.as(ANA).submit(form, { user, role: 'manager' });
    expect(answer.errors).toEqual({ user: 'Roles are for full members of this workspace. Choose a colleague.' });
  }
  expect((await listRoles(HOME)).map(({ userId }) => userId)).toEqual([ANA, MILO]);
});
