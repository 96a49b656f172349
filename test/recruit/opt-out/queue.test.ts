import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendDraft } from '../../../jobs/recruit/send-draft.ts';
import { keysOfAddress } from '../../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import { approveDraft, markNotSent } from '../../../src/recruit/outreach/decide-draft.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft, listDrafts } from '../../../src/recruit/outreach/draft-repository.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { AT, aCompany, aContact, ana, aProgramme, HOME, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { sweepAll } from '../../support/sweep-all.ts';
import { deleteDrafts } from './delete-drafts.ts';

const { uri } = useMongo();
let product: Product;
beforeEach(async () => {
  product = await startProduct(uri);
  await aProgramme();
});
afterEach(() => product.stop());

async function drafted(n: number, email = `person${n}@place${n}.example`): Promise<Draft> {
  const company = await aCompany({ name: `Place ${n}`, domain: `place${n}.example` });
  const { draft } = await startDraft(ana, company.id, aContact({ email }), AT);
  return writeDraft(HOME, draft.id, { ask: null, now: () => AT, publicUrl: product.url });
}

const linkIn = ({ headers }: { headers: Record<string, string> }) => /<(http[^>]+)>/.exec(headers['list-unsubscribe'] ?? '')?.[1] ?? '';

test('a mail that left: its program’s own button stops everything that is queued to that person, with real workers', async () => {
  const first = await drafted(1);
  await approveDraft(ana, seen(first), AT);
  await product.deps.enqueue(sendDraft, await approvalOf(first));
  const mail = await product.sandbox.waitFor(() => product.sandbox.mail[0], 15_000);
  // Three more to the same person from other companies' threads, approved and on their way.
  const others = await Promise.all([2, 3, 4].map((n) => drafted(n, 'person1@place1.example')));
  for (const draft of others) await approveDraft(ana, seen(draft), AT);
  expect(await product.sandbox.unsubscribe(mail)).toMatchObject({ status: 200 });
  for (const draft of others) await product.deps.enqueue(sendDraft, await approvalOf(draft));
  await until(async () => (await listDrafts(HOME, ['approved', 'sending', 'waiting'])).length === 0);
  expect(await listDrafts(HOME, ['rejected'])).toHaveLength(3);
  expect(product.sandbox.mail).toHaveLength(1);
});

test('an opt-out in the moment in which the mail server is ready wins: nothing leaves', async () => {
  const draft = await drafted(1);
  const { draft: approved } = await approveDraft(ana, seen(draft), AT);
  let pressed = 0;
  const composeMail = product.deps.composeMail;
  // The bytes are made after every rule was asked; the recipient presses the button right then.
  product.deps.composeMail = async (mail) => {
    const bytes = await composeMail(mail);
    pressed = (await fetch(mail.optOut.url ?? '', { method: 'POST' })).status;
    return bytes;
  };
  await sendDraft.run(await approvalOf(approved), product.deps);
  expect(pressed).toBe(200);
  expect(product.sandbox.mail).toEqual([]);
  await until(async () => (await getDraft(HOME, draft.id)).status !== 'approved' || (await swept()));
  expect((await getDraft(HOME, draft.id)).status).toBe('rejected');
});

test('a link that left stays good: after another contact was named, and after all drafts are deleted', async () => {
  const draft = await drafted(1);
  await approveDraft(ana, seen(draft), AT);
  product.sandbox.mailTrouble.dropAfterData = true;
  await product.deps.enqueue(sendDraft, await approvalOf(draft));
  const mail = await product.sandbox.waitFor(() => product.sandbox.mail[0], 15_000);
  const url = linkIn(mail);
  expect(url).toContain(`${product.url}/optout/`);
  const unclear = await until(async () => {
    const now = await getDraft(HOME, draft.id);
    return now.status === 'unknown' ? now : null;
  });
  await markNotSent(ana, seen(unclear), AT);
  await changeContact(ana, seen(unclear), aContact({ email: 'sam@place1.example' }), product.url, AT);
  await deleteDrafts();
  expect(await (await fetch(url)).text()).toContain('p•••@place1.example');
  expect((await fetch(url, { method: 'POST' })).status).toBe(200);
  expect(await findSuppression(HOME, keysOfAddress('person1@place1.example'))).toMatchObject({ kind: 'address', via: 'one-click' });
  expect(await findSuppression(HOME, keysOfAddress('sam@place1.example'))).toBeNull();
});

async function approvalOf({ id }: Draft) {
  const { approval, workspaceId } = await getDraft(HOME, id);
  return { workspaceId, draftId: id, approvalId: approval?.id ?? '' };
}

async function swept(): Promise<false> {
  await sweepAll(product.deps);
  return false;
}

async function until<T>(look: () => Promise<T | null | false>): Promise<T> {
  for (let waited = 0; waited < 300; waited++) {
    const found = await look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('it never came to that');
}
