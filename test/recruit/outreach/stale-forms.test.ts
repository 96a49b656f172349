import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import { rejectDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { MILO, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { AT, ana, aProgramme, aWaitingDraft, HOME, seen } from '../../support/builders.ts';
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

const byColleague: [string, () => Promise<unknown>][] = [
  ['edited', () => editDraft(ana, seen(draft), { subject: 'Another subject', body: 'Another body of the message.' }, AT)],
  ['rejected', () => rejectDraft(ana, seen(draft), AT)],
];
const forms: [string, string, string, Record<string, string>, string][] = [
  ['Contact', ACTIONS.draftContact, 'Save Contact', { name: 'Zoë Çelik', email: 'zoe@peatworks.example' }, 'email'],
  ['Edit', ACTIONS.draftEdit, '"block_id":"body"', { body: 'A text that took a quarter of an hour.' }, 'body'],
];

test.each(forms.flatMap(([name, ...form]) => byColleague.map((change) => [name, ...change, ...form] as const)))(
  '%s is open and a colleague has %s the draft meanwhile: what was typed stays, and the field says what to do',
  async (_name, _done, change, action, words, typed, field) => {
    const { sandbox } = product;
    const card = sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).find(({ blocks }) => JSON.stringify(blocks).includes(action));
    if (!card) throw new Error('there is no card');
    await sandbox.as(MILO).click(card, action);
    const form = await sandbox.waitFor(() => (JSON.stringify(sandbox.modal(MILO)).includes(words) ? sandbox.modal(MILO) : null));
    await change();
    const changed = await getDraft(HOME, draft.id);
    const answer = await sandbox.as(MILO).submit(form, typed);
    expect(answer.errors).toEqual({
      [field]: expect.stringMatching(/^Somebody changed or decided this draft meanwhile\. Copy .*close this/),
    });
    expect(sandbox.modal(MILO)).toMatchObject({ id: form.id });
    expect(await getDraft(HOME, draft.id)).toEqual(changed);
  },
);
