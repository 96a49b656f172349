import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS, VIEWS } from '../../../blocks/ids.ts';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { listContacts, saveContacts } from '../../../src/programme/contacts/contact-repository.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { keepOptOutLink } from '../../../src/recruit/opt-out/opt-out-link-repository.ts';
import { optOut } from '../../../src/recruit/opt-out/take-opt-out.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { findDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { ANA, GENERAL, MIA, MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import { viewSubmission } from '../../sandbox/payloads.ts';
import { AT, aProgramme, approved, aWaitingDraft, HOME } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { linesWith } from '../../support/planted.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let product: Product;
let draft: Draft;
beforeEach(async () => {
  // In the evening: what is approved waits for the morning.
  product = await startProduct(uri, { now: () => new Date('2026-11-23T21:00:00Z') });
  await aProgramme();
  draft = await aWaitingDraft();
  const source = { kind: 'typed', by: ANA } as const;
  await saveContacts(HOME, draft.companyId, [
    { email: 'dana@peatworks.example', name: 'Dana Reed', role: '', country: 'GB', source, at: AT },
    { email: 'lena@peatworks.example', name: 'Lena Fox', role: '', country: 'GB', source, at: AT },
  ]);
});
afterEach(() => product.stop());

const said = (person: string, words: string) =>
  product.sandbox.waitFor(() => {
    const found = product.sandbox
      .messages({ as: person })
      .filter((message) => JSON.stringify([message.text, message.blocks]).includes(words));
    return found.at(-1);
  }, 20_000);
const form = (person: string) =>
  product.sandbox.waitFor(() => {
    const view = product.sandbox.modal(person);
    return view?.callback_id === VIEWS.privacyDelete ? view : null;
  });
const ask = (person: string, who: string) => product.sandbox.as(person).command(GENERAL, `/partners privacy ${who}`);

/** The queue forgets whom a job was about right after the job. */
async function isGone(...words: string[]): Promise<void> {
  let left = await linesWith(words, HOME);
  for (let looks = 0; left.length > 0 && looks < 100; looks++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    left = await linesWith(words, HOME);
  }
  expect(left).toEqual([]);
}

async function deletes(who: string, filled: Record<string, unknown> = {}): Promise<void> {
  await ask(ANA, who);
  await product.sandbox.as(ANA).click(await said(ANA, 'What I keep about'), ACTIONS.privacyDelete);
  await product.sandbox.as(ANA).submit(await form(ANA), filled);
  await said(ANA, 'I looked through it once more and found nothing');
}

describe('an admin', () => {
  test.each(['dana@peatworks.example', '<mailto:dana@peatworks.example|dana@peatworks.example>', 'peatworks.example', '“peatworks”'])(
    'asks about %s: sees what is kept, counted, and can have it as a file',
    async (who) => {
      await ask(ANA, who);
      const answer = await said(ANA, 'What I keep about');
      expect(JSON.stringify(answer.blocks)).toMatch(/\d contacts?\\n/);
      expect(answer.onlyFor).toBe(ANA);
      await product.sandbox.as(ANA).click(answer, ACTIONS.privacyExport);
      const { files } = await product.sandbox.waitFor(() =>
        product.sandbox.messages({ as: ANA, channel: product.sandbox.dmWith(ANA) }).find((message) => message.files.length > 0),
      );
      const bytes = await product.sandbox.download(ANA, files[0]?.id ?? '');
      const { records } = JSON.parse(bytes?.toString() ?? '');
      expect(records.draft).toMatchObject([{ contact: { email: 'dana@peatworks.example' }, subject: draft.subject }]);
      expect(records.contact).toHaveLength(who.includes('@') ? 1 : 2);
      expect(await listAudit(HOME, { action: 'privacy.export' })).toMatchObject([
        { by: ANA, subject: expect.stringMatching(/^privacy:\w{64}$/) },
      ]);
    },
  );

  test('deletes a person: what waits is taken back, cards say so, nobody writes to them again, the colleague stays', async () => {
    const { draft: waiting } = await approved(draft, new Date('2026-11-23T20:59:00Z'));
    await keepOptOutLink(waiting, AT);
    await product.deps.enqueue(showDraftJob, { workspaceId: HOME, draftId: waiting.id });
    await said(ANA, draft.subject);
    await deletes('dana@peatworks.example');
    expect(await findDraft(HOME, draft.id)).toBeNull();
    await isGone('dana@peatworks', 'Dana Reed');
    expect(JSON.stringify(product.sandbox.messages({ as: ANA, channel: PARTNERSHIPS }))).not.toContain(draft.subject);
    await said(ANA, 'Deleted on request.');
    expect(await listContacts(HOME, draft.companyId)).toMatchObject([{ email: 'lena@peatworks.example' }]);
    expect(product.sandbox.mail).toEqual([]);
    const again = [
      { ...{ email: 'dana@peatworks.example', name: 'Dana', role: '', country: '' }, source: { kind: 'typed', by: ANA }, at: AT } as const,
    ];
    expect(await saveContacts(HOME, draft.companyId, again)).toBe(1);
    await ask(ANA, 'dana@peatworks.example');
    await said(ANA, 'I keep nothing about');
  });

  test('without silence the link in an old mail still works', async () => {
    await keepOptOutLink(draft, AT);
    await deletes('dana@peatworks.example', { silence: [] });
    const key = { kind: 'address', value: 'dana@peatworks.example' } as const;
    expect(await findSuppression(HOME, [key])).toBeNull();
    await optOut(draft.optOutToken, 'page', AT);
    expect(await findSuppression(HOME, [key])).toMatchObject({ reason: 'opt-out', via: 'page' });
  });

  test('deletes a company with its people', async () => {
    await deletes('Peatworks');
    await isGone('peatworks', 'Dana Reed', 'Lena Fox');
    await ask(ANA, 'peatworks.example');
    await said(ANA, 'I keep nothing about');
  });

  test('is told what was meant by a mistyped name, and that nothing is kept of somebody unknown', async () => {
    await ask(ANA, 'nobody@nowhere.example');
    await said(ANA, 'I keep nothing about *nobody@nowhere.example*');
    await ask(ANA, 'peatwork');
    await said(ANA, 'Close to it: Peatworks');
    for (const own of ['larkspur.example', 'ana@larkspur.example']) {
      await ask(ANA, own);
      await said(ANA, 'That is your own company');
    }
  });
});

test.each([MILO, MIA, PIA])('%s may neither look, export nor delete, also with a forged click', async (person) => {
  const { sandbox } = product;
  const value = JSON.stringify({ kind: 'address', value: 'dana@peatworks.example' });
  if (person !== PIA) {
    await ask(person, 'dana@peatworks.example');
    await said(person, 'You need the role');
  }
  for (const actionId of [ACTIONS.privacyExport, ACTIONS.privacyDelete])
    expect((await forgedClick(product, sandbox.sourceOf(person), { actionId, value })).status).toBe(200);
  const metadata = JSON.stringify({ key: JSON.parse(value), origin: {} });
  const view = {
    id: 'V1',
    type: 'modal',
    callback_id: VIEWS.privacyDelete,
    private_metadata: metadata,
    app_installed_team_id: HOME,
    blocks: [],
  };
  await sandbox.postPayload(viewSubmission(sandbox.sourceOf(person), { view, values: {}, triggerId: sandbox.trigger(person) }));
  const refused = async () => (await listAudit(HOME, {}, 500)).filter(({ by, action }) => by === person && action.startsWith('privacy.'));
  for (let waited = 0; waited < 100 && (await refused()).length < 3; waited++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await refused()).map(({ action }) => action).sort()).toEqual([
    'privacy.delete-refused',
    'privacy.export-refused',
    'privacy.look-refused',
  ]);
  expect(JSON.stringify(await refused())).not.toContain('dana');
  expect(await findDraft(HOME, draft.id)).not.toBeNull();
});
