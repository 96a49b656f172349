import mongoose from 'mongoose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../blocks/ids.ts';
import { showDraftJob } from '../../jobs/recruit/show-draft.ts';
import type { Draft } from '../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../src/recruit/outreach/draft-repository.ts';
import { findPost, forgetPost } from '../../src/slack/post-repository.ts';
import { ANA, GENERAL, MILO, PARTNERSHIPS } from '../sandbox/cast.ts';
import { jsonOf } from '../sandbox/json.ts';
import { aProgramme, aWaitingDraft, HOME } from '../support/builders.ts';
import { forgedClick } from '../support/forged-click.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';

const { uri } = useMongo();
let product: Product;
let draft: Draft;
beforeEach(async () => {
  product = await startProduct(uri);
  await aProgramme();
  draft = await aWaitingDraft();
  await show();
});
afterEach(() => product.stop());

const show = () => showDraftJob.run({ workspaceId: HOME, draftId: draft.id }, product.deps);
const place = async () => (await findPost(HOME, `draft:${draft.id}`)) ?? Promise.reject(new Error('there is no card'));
const words = (value: unknown) => JSON.stringify(value ?? {});
const cards = () =>
  product.sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).filter(({ blocks }) => words(blocks).includes(ACTIONS.draftApprove));
const dm = (person: string) => product.sandbox.messages({ as: person, channel: product.sandbox.dmWith(person) });

const GONE: [string, () => Promise<unknown>][] = [
  [
    'its card is deleted',
    async () => product.app.client.chat.delete({ token: product.config.SLACK_BOT_TOKEN ?? '', ...(await messageOf(`draft:${draft.id}`)) }),
  ],
  [
    'its thread is deleted',
    async () => {
      for (const key of [`draft:${draft.id}`, `company:${draft.companyId}`])
        await product.app.client.chat.delete({ token: product.config.SLACK_BOT_TOKEN ?? '', ...(await messageOf(key)) });
    },
  ],
  ['its channel is archived', async () => closeChannel({ is_archived: true })],
  ['the bot is removed from its channel', async () => closeChannel({ is_member: false })],
  ['its channel is gone', async () => product.sandbox.answerWith('conversations.info', () => ({ ok: false, error: 'channel_not_found' }))],
];

async function messageOf(key: string): Promise<{ channel: string; ts: string }> {
  const found = await findPost(HOME, key);
  if (!found) throw new Error(`nothing is posted as ${key}`);
  return { channel: found.channel, ts: found.ts };
}

function closeChannel(change: object): void {
  product.sandbox.answerWith('conversations.info', async (_args, real) => {
    const answer = await real();
    return { ...answer, channel: { ...jsonOf(answer.channel), ...change } };
  });
}

/** As Slack answers for a message or a channel that is gone. */
function noLinks(): void {
  product.sandbox.answerWith('chat.getPermalink', () => ({ ok: false, error: 'message_not_found' }));
}

test('rendering Home asks Slack for nothing', async () => {
  noLinks();
  // Who is looking is known by now.
  await product.sandbox.as(MILO).openHome();
  await product.sandbox.waitFor(() => product.sandbox.home(MILO));
  const before = product.sandbox.calls.length;
  await product.sandbox.as(MILO).openHome();
  await product.sandbox.waitFor(() => product.sandbox.calls.length > before);
  expect(product.sandbox.calls.slice(before).map(({ method }) => method)).toEqual(['views.publish']);
  expect(words(product.sandbox.home(MILO))).toContain((await place()).link);
});

test.each(GONE)('%s: Home, Open Outreach and the records open, and the draft is approved without its card', async (_name, lose) => {
  const { sandbox } = product;
  await lose();
  noLinks();
  await sandbox.as(ANA).openHome();
  const home = await sandbox.waitFor(() => (words(sandbox.home(ANA)).includes('Outreach to Peatworks') ? sandbox.home(ANA) : null));

  await sandbox.as(ANA).command(GENERAL, '/partners outreach');
  const overview = await sandbox.waitFor(() =>
    sandbox.messages({ as: ANA, channel: GENERAL }).find(({ blocks }) => words(blocks).includes(ACTIONS.recordsOpen)),
  );
  await sandbox.as(ANA).click(overview, ACTIONS.recordsOpen);
  const record = await sandbox.waitFor(() => (words(sandbox.modal(ANA)).includes('History') ? sandbox.modal(ANA) : null));
  await sandbox.as(ANA).click(record, ACTIONS.draftOpen);
  await sandbox.waitFor(() => words(sandbox.modal(ANA)).includes(ACTIONS.draftApprove));

  await forgedClick(product, sandbox.sourceOf(MILO), { actionId: ACTIONS.companyDraft, value: draft.companyId, channel: PARTNERSHIPS });
  const opened = await sandbox.waitFor(() => (words(sandbox.modal(MILO)).includes(ACTIONS.draftApprove) ? sandbox.modal(MILO) : null));
  expect(words(opened)).toContain('There is a draft to Dana Reed already.');
  await sandbox.as(MILO).close(opened);

  await sandbox.as(MILO).openHome();
  await sandbox.as(MILO).click(await sandbox.waitFor(() => sandbox.home(MILO)), ACTIONS.draftOpen);
  const page = await sandbox.waitFor(() => (words(sandbox.modal(MILO)).includes(ACTIONS.draftApprove) ? sandbox.modal(MILO) : null));
  await sandbox.as(MILO).click(page, ACTIONS.draftApprove);
  const form = await sandbox.waitFor(() => (words(sandbox.modal(MILO)).includes('This leaves once') ? sandbox.modal(MILO) : null));
  expect((await sandbox.as(MILO).submit(form)).errors).toBeUndefined();
  await sandbox.waitFor(() => sandbox.mail[0], 60_000);
  expect(home).not.toBeNull();
});

test('a draft that is opened on top of two modals can still be approved: Slack takes no fourth, so its page gives way', async () => {
  const { sandbox } = product;
  await sandbox.as(MILO).openHome();
  await sandbox.as(MILO).click(await sandbox.waitFor(() => sandbox.home(MILO)), ACTIONS.draftOpen);
  const page = await sandbox.waitFor(() => (words(sandbox.modal(MILO)).includes(ACTIONS.draftApprove) ? sandbox.modal(MILO) : null));
  sandbox.answerWith('views.push', () => ({ ok: false, error: 'push_limit_reached' }));
  await sandbox.as(MILO).click(page, ACTIONS.draftApprove);
  const form = await sandbox.waitFor(() => (words(sandbox.modal(MILO)).includes('This leaves once') ? sandbox.modal(MILO) : null));
  expect((await sandbox.as(MILO).submit(form)).errors).toBeUndefined();
  await sandbox.waitFor(() => sandbox.mail[0], 60_000);
});

test('a card that somebody deleted is posted again when the draft is opened, once, and Home leads to the new one', async () => {
  const before = await place();
  await GONE[0]?.[1]();
  expect(cards()).toEqual([]);
  await product.sandbox.as(MILO).openHome();
  await product.sandbox.as(MILO).click(await product.sandbox.waitFor(() => product.sandbox.home(MILO)), ACTIONS.draftOpen);
  await product.sandbox.waitFor(() => cards()[0], 15_000);
  await Promise.all([show(), show()]);
  expect(cards()).toHaveLength(1);
  const after = await place();
  expect([after.ts === before.ts, typeof after.link]).toEqual([false, 'string']);
});

test('a card in a channel that is closed to us is posted in the one the team has chosen since', async () => {
  product.sandbox.answerWith('conversations.info', async (args, real) => {
    const answer = await real();
    return args.channel === PARTNERSHIPS ? { ...answer, channel: { ...jsonOf(answer.channel), is_archived: true } } : answer;
  });
  await mongoose.connection.collection('programmes').updateOne({}, { $set: { 'digest.channel': GENERAL } });
  await show();
  expect((await place()).channel).toBe(GENERAL);
  expect((await findPost(HOME, `company:${draft.companyId}`))?.channel).toBe(GENERAL);
});

test('a place stored before links were kept is read, and gets its link with the next update', async () => {
  await mongoose.connection.collection('posts').updateMany({}, { $unset: { link: '' } });
  expect(await place()).toMatchObject({ link: null });
  await product.sandbox.as(MILO).openHome();
  await product.sandbox.waitFor(() => words(product.sandbox.home(MILO)).includes('• Outreach to Peatworks'));
  noLinks();
  await show();
  expect(await place()).toMatchObject({ link: null });
  product.sandbox.answerWith('chat.getPermalink', null);
  await show();
  expect((await place()).link).toMatch(/^http/);
});

test('an appearance is promised only where the channel can take it; what it refuses later reaches the person in a new message', async () => {
  const { sandbox } = product;
  closeChannel({ is_archived: true });
  await forgetPost(HOME, `draft:${draft.id}`, await place());
  await forgedClick(product, sandbox.sourceOf(MILO), { actionId: ACTIONS.companyDraft, value: draft.companyId, channel: PARTNERSHIPS });
  const opened = await sandbox.waitFor(() => (words(sandbox.modal(MILO)).includes(ACTIONS.draftApprove) ? sandbox.modal(MILO) : null));
  expect(words(opened)).toContain('I cannot post in that channel');
  expect(words(opened)).not.toContain('in a moment');
  // Posted as a title, and filled.
  const told = () =>
    dm(ANA).find(({ text }) => text.includes('cannot be shown to the team') && text.includes('I cannot post in that channel'));
  await sandbox.waitFor(told, 15_000);

  for (const [actionId, value] of [[ACTIONS.digestMore, JSON.stringify({ day: '2026-11-23', round: 1 })]] as const)
    await forgedClick(product, sandbox.sourceOf(MILO), { actionId, value, channel: GENERAL });
  await sandbox.as(MILO).command(GENERAL, '/partners digest');
  const answers = await sandbox.waitFor(() => {
    const found = sandbox.messages({ as: MILO, channel: GENERAL }).filter(({ text }) => text.includes('I cannot post in that channel'));
    return found.length >= 2 && found;
  });
  expect(words(answers)).not.toContain('in a moment');
});

test('what is refused between the promise and the post is told to whoever asked, in a message of its own', async () => {
  const { sandbox } = product;
  let asked = 0;
  product.sandbox.answerWith('conversations.info', async (_args, real) => {
    const answer = await real();
    asked += 1;
    return asked === 1 ? answer : { ...answer, channel: { ...jsonOf(answer.channel), is_archived: true } };
  });
  await sandbox.as(MILO).command(GENERAL, '/partners digest');
  await sandbox.waitFor(() => sandbox.messages({ as: MILO, channel: GENERAL }).find(({ text }) => text.includes('in a moment')));
  for (const person of [MILO, ANA]) await sandbox.waitFor(() => dm(person).find(({ text }) => text.includes('digest was not posted')));
});

test('decided from its page: the page shows what became of it, and the draft stands as decided', async () => {
  const { sandbox } = product;
  closeChannel({ is_archived: true });
  await sandbox.as(MILO).openHome();
  await sandbox.as(MILO).click(await sandbox.waitFor(() => sandbox.home(MILO)), ACTIONS.draftOpen);
  const page = await sandbox.waitFor(() => (words(sandbox.modal(MILO)).includes(ACTIONS.draftEdit) ? sandbox.modal(MILO) : null));
  await sandbox.as(MILO).click(page, ACTIONS.draftEdit);
  const form = await sandbox.waitFor(() => (words(sandbox.modal(MILO)).includes('Save Version') ? sandbox.modal(MILO) : null));
  await sandbox.as(MILO).submit(form, { subject: 'Another subject' });
  const edited = await sandbox.waitFor(() => (words(sandbox.modal(MILO)).includes('version 2') ? sandbox.modal(MILO) : null));
  expect(words(edited)).toContain('Another subject');
  await sandbox.as(MILO).click(edited, ACTIONS.draftReject);
  await sandbox.waitFor(() => words(sandbox.modal(MILO)).includes('Start Again'));
  expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'rejected', decidedBy: MILO });
});
