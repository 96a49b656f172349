import { addHours } from 'date-fns';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, test } from 'vitest';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { Refusal } from '../../../src/errors.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import type { Actor } from '../../../src/programme/workspaces/role.ts';
import { approveDraft, markSent, rejectDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import { type Draft, DraftStatus } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import {
  AT,
  anActor,
  anApprovedDraft,
  ana,
  aProgramme,
  approved,
  aWaitingDraft,
  HOME,
  mia,
  milo,
  pia,
  recorder,
  seen,
} from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { told } from '../../support/told.ts';

useMongo();
beforeEach(() => aProgramme());

const OTHER = 'T0OTHER';
const inOther = anActor({ workspaceId: OTHER });

async function refusalOf(step: Promise<unknown>): Promise<Refusal> {
  const outcome = await step.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Refusal)) throw outcome ?? new Error('nothing was refused');
  return outcome;
}

const edited = (draft: Draft) => editDraft(milo, seen(draft), { subject: 'Another subject', body: 'Another body of the message.' }, AT);

describe('an approval that is refused: nothing is decided, the attempt is on record, the person reads why', () => {
  type Attempt = {
    by: Actor;
    shown: (draft: Draft) => Promise<Parameters<typeof approveDraft>[1]> | Parameters<typeof approveDraft>[1];
    code: string;
  };
  // As if stored or sent so: a role is a member's only.
  const claiming = { ...pia, role: 'admin' } as const;
  const attempts: Record<string, Attempt> = {
    'a person of a partner company': { by: pia, shown: seen, code: 'internal-only' },
    'a person of a partner company who claims a role': { by: claiming, shown: seen, code: 'internal-only' },
    'a member without a role': { by: mia, shown: seen, code: 'role-needed' },
    'an admin of another workspace': { by: inOther, shown: seen, code: 'draft-unknown' },
    'a forged hash': { by: ana, shown: (draft) => ({ ...seen(draft), hash: 'f'.repeat(64) }), code: 'draft-moved-on' },
    'no hash at all': { by: ana, shown: (draft) => ({ ...seen(draft), hash: '' }), code: 'draft-moved-on' },
    'a version to come': { by: ana, shown: (draft) => ({ ...seen(draft), version: 2 }), code: 'draft-moved-on' },
    'the version before an edit': { by: ana, shown: async (draft) => edited(draft).then(() => seen(draft)), code: 'draft-moved-on' },
    'the hash before an edit with the version after it': {
      by: ana,
      shown: async (draft) => ({ ...seen(draft), version: (await edited(draft)).version }),
      code: 'draft-moved-on',
    },
    'a draft that never was': { by: ana, shown: (draft) => ({ ...seen(draft), draftId: 'nonsense' }), code: 'draft-unknown' },
  };
  test.each(Object.entries(attempts))('%s', async (_name, { by, shown, code }) => {
    const draft = await aWaitingDraft();
    const eyes = await shown(draft);
    const refusal = await refusalOf(approveDraft(by, eyes, AT));
    expect(refusal.code).toBe(code);
    expect(refusalSentence(refusal.code, refusal.details)).toMatch(/^[A-Z].{15,}\.$/);
    expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'waiting', approval: null });
    const [entry, ...more] = await listAudit(by.workspaceId, { action: 'draft.approve-refused' });
    expect(entry).toMatchObject({ by: by.userId, subject: `draft:${eyes.draftId}`, after: { code } });
    expect(more).toEqual([]);
  });

  test.each([
    ['reject', (by: Actor, draft: Draft) => rejectDraft(by, seen(draft), AT)],
    ['mark-sent', (by: Actor, draft: Draft) => markSent(by, seen(draft), AT)],
    ['edit', (by: Actor, draft: Draft) => editDraft(by, seen(draft), { subject: 'Hello', body: 'Another body of the message.' }, AT)],
  ])('%s is as closed to them as approve is', async (name, act) => {
    const draft = await aWaitingDraft();
    for (const by of [pia, mia, inOther]) await refusalOf(act(by, draft));
    expect(await getDraft(HOME, draft.id)).toEqual(draft);
    expect((await listAudit(HOME, { action: `draft.${name}-refused` })).map(({ by }) => by).sort()).toEqual(
      [mia.userId, pia.userId].sort(),
    );
  });

  test.each(DraftStatus.options.filter((status) => !['waiting', 'failed', 'unknown'].includes(status)))(
    'no state but the three that wait for a person can be approved: %s',
    async (status) => {
      const draft = await aWaitingDraft();
      await mongoose.connection.collection('drafts').updateOne({}, { $set: { status } });
      expect(await approveDraft(ana, seen(draft), AT)).toMatchObject({ changed: false, draft: { status, approval: null } });
    },
  );
});

describe('an approval that no longer holds when it is used: nothing leaves, and the team decides again', () => {
  const tamper = (change: object) => mongoose.connection.collection('drafts').updateOne({}, { $set: change });
  const spoilers: [string, () => Promise<unknown>, Date, string][] = [
    ['after 72 hours to the second', async () => null, addHours(AT, 72), 'lapsed'],
    ['after 73 hours', async () => null, addHours(AT, 73), 'lapsed'],
    ['another subject in the database', () => tamper({ subject: 'Buy now' }), AT, 'changed'],
    ['another body in the database', () => tamper({ body: 'Something nobody read and nobody approved.' }), AT, 'changed'],
    ['another recipient in the database', () => tamper({ 'contact.email': 'eve@elsewhere.example' }), AT, 'changed'],
    ['another name in the database', () => tamper({ 'contact.name': 'Eve' }), AT, 'changed'],
    ['another sender in the database', () => tamper({ 'sender.address': 'eve@elsewhere.example' }), AT, 'changed'],
    ['another hash in the database', () => tamper({ 'approval.hash': 'f'.repeat(64) }), AT, 'changed'],
  ];
  test.each(spoilers)('%s', async (_name, spoil, now, why) => {
    const { draft, approval } = await anApprovedDraft();
    await spoil();
    const { mails, ...tools } = recorder();
    const settled = await sendApproved(HOME, draft.id, approval.id, { ...tools, now: () => now });
    expect(told(settled)).toMatchObject({ status: 'waiting', version: 2, approval: null, note: expect.stringContaining(why) });
    expect(await sendApproved(HOME, draft.id, approval.id, { ...tools, now: () => AT })).toBeNull();
    expect(mails).toEqual([]);
    const [entry] = await listAudit(HOME, { subject: `draft:${draft.id}`, action: 'draft.send-refused' });
    expect(entry?.after).toMatchObject({ approvalId: approval.id });
  });

  test('one second before it lapses it still holds', async () => {
    // An hour into the day: the lapse falls into business time too.
    const { draft, approval } = await anApprovedDraft(addHours(AT, 1));
    const { mails, ...tools } = recorder();
    await sendApproved(HOME, draft.id, approval.id, { ...tools, now: () => new Date(approval.expiresAt.getTime() - 1000) });
    expect(mails).toHaveLength(1);
  });

  test('the approval of one draft does not send another, nor the same draft for another workspace', async () => {
    await aProgramme(OTHER);
    const theirs = await approved(await aWaitingDraft({ workspaceId: OTHER }));
    const ours = await anApprovedDraft();
    const { mails, ...tools } = recorder();
    const deps = { ...tools, now: () => AT };
    expect(await sendApproved(HOME, ours.draft.id, theirs.approval.id, deps)).toBeNull();
    expect(await sendApproved(HOME, theirs.draft.id, theirs.approval.id, deps)).toBeNull();
    expect(await sendApproved(OTHER, ours.draft.id, ours.approval.id, deps)).toBeNull();
    expect(mails).toEqual([]);
  });
});
