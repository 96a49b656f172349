import { beforeEach, describe, expect, test } from 'vitest';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import type { SuppressionKey } from '../../../src/programme/suppression/suppression.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import { approveDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { stopSuppressed } from '../../../src/recruit/outreach/stop-thread.ts';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import { AT, aCompany, aContact, ana, aProgramme, approved, aWaitingDraft, HOME, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let draft: Draft;
beforeEach(async () => {
  await aProgramme();
  draft = await changeContact(ana, seen(await aWaitingDraft()), aContact({ email: 'dana@peat-group.example' }), null, AT);
});

const silence = (key: SuppressionKey) => suppress(HOME, key, { reason: 'asked-us', via: 'command', by: ana.userId, at: AT });
const stop = (key: SuppressionKey) => stopSuppressed(HOME, key, { because: 'decision', by: ana.userId, at: AT });
const leaveOut = (competitor: string) =>
  saveProgramme(ana, 'leaveOut', { competitors: [competitor], customers: [], existing: [] }, AT).then(() => undefined);

describe.each<[string, SuppressionKey]>([
  ['company', { kind: 'company', value: 'peatworks.example' }],
  ['domain', { kind: 'domain', value: 'peatworks.example' }],
])('the %s is silenced, and its contact has a mailbox at another domain', (_kind, key) => {
  test.each<[string, () => Promise<unknown>]>([
    ['waits', async () => null],
    ['is approved', () => approved(draft)],
  ])('what %s is closed at once, and its thread ends', async (_name, prepare) => {
    await prepare();
    await silence(key);
    expect((await stop(key)).map(({ id }) => id)).toEqual([draft.id]);
    expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'rejected', approval: null });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'ended' });
  });

  test('nobody can approve it, also before it is closed', async () => {
    await silence(key);
    await expect(approveDraft(ana, seen(draft), AT)).rejects.toMatchObject({ code: 'company-gated' });
  });

  test('another company’s draft stays as it is', async () => {
    const other = await aWaitingDraft({ company: await aCompany({ domain: 'mossbank.example', name: 'Mossbank' }) });
    const elsewhere = await changeContact(ana, seen(other), aContact({ email: 'sam@mossbank.example' }), null, AT);
    await silence(key);
    await stop(key);
    expect(await getDraft(HOME, elsewhere.id)).toMatchObject({ status: 'waiting' });
    await expect(approveDraft(ana, seen(elsewhere), AT)).resolves.toMatchObject({ changed: true });
  });
});

test.each<[string, () => Promise<unknown>, string]>([
  ['the company', () => leaveOut('peatworks.example'), 'company-gated'],
  ['the company of the mailbox', () => leaveOut('peat-group.example'), 'address-closed'],
])('%s is left out since: approving says so instead of promising that it leaves', async (_name, close, code) => {
  await close();
  await expect(approveDraft(ana, seen(draft), AT)).rejects.toMatchObject({ code });
  expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'waiting', approval: null });
});
