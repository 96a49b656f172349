import { expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { noteStageJob } from '../../../jobs/recruit/note-stage.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { listUntold } from '../../../src/recruit/replies/reply-repository.ts';
import { ANA, GENERAL, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import { AT, aCompany, aContact, approved, HOME, milo as miloActor, recorder } from '../../support/builders.ts';
import { anAnswer } from '../../support/mails.ts';
import { textOf, useReplies } from '../../support/replies-in-slack.ts';
import { sweepAll } from '../../support/sweep-all.ts';

const { product, draft, receive, inTeam, card, modalSaying } = useReplies();
const dmsOf = (person: string) => product().sandbox.messages({ as: person, channel: product().sandbox.dmWith(person) });
const told = (person: string) => dmsOf(person).filter(({ text }) => text.startsWith('A reply from'));

/** Started by Milo, approved by Ana. */
async function ofTwo() {
  const { id } = await aCompany({ domain: 'mossworks.example', name: 'Mossworks' });
  const { draft: begun } = await startDraft(miloActor, id, aContact({ name: 'Kim Moss', email: 'kim@mossworks.example' }), AT);
  const written = await writeDraft(HOME, begun.id, { ask: null, now: () => AT, publicUrl: null });
  const { approval } = await approved(written);
  await sendApproved(HOME, begun.id, approval.id, { ...recorder(), now: () => AT });
  return getDraft(HOME, begun.id);
}

test('a reply names starter and approver in the thread as it is posted, and tells each once; nobody else, and nothing of its text', async () => {
  const { messageId } = await ofTwo();
  const mail = anAnswer(messageId ?? '', 'Yes please.', { From: 'Kim Moss <kim@mossworks.example>' });
  await Promise.all([receive(mail), receive(mail)]);
  const message = await card('interested');
  expect(textOf(message)).toContain(`For <@${MILO}> and <@${ANA}>`);
  const { sandbox, deps } = product();
  const posted = sandbox.calls.filter(
    ({ method, args }) => method === 'chat.postMessage' && String(Object(args).text).startsWith('Reply from Kim Moss'),
  );
  expect(posted.map(({ args }) => String(Object(args).text))).toEqual([expect.stringContaining(`<@${MILO}> <@${ANA}>`)]);
  await sandbox.waitFor(() => told(MILO).length > 0 && told(ANA).length > 0);
  await sandbox.waitFor(async () => (await listUntold(new Date(AT.getTime() + 1))).length === 0);
  await receive(mail);
  await sweepAll(deps);
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (const person of [MILO, ANA]) {
    expect(told(person)).toHaveLength(1);
    const [one] = told(person);
    expect(textOf(one ?? null)).toContain('Open it in its thread');
    expect(textOf(one ?? null)).not.toContain('Yes please');
  }
  expect([...told(MIA), ...told(PIA)]).toEqual([]);
});

test('the same person is told once, and of an absence nobody', async () => {
  await receive(anAnswer(draft().messageId, 'I am out of office until 2 December.', { 'Auto-Submitted': 'auto-replied' }));
  await card('out of office');
  await receive(anAnswer(draft().messageId, 'Yes please.'));
  const message = await card('interested');
  expect(textOf(message)).toContain(`For <@${ANA}>"`);
  await product().sandbox.waitFor(() => told(ANA).length > 0);
  await sweepAll(product().deps);
  expect(told(ANA)).toHaveLength(1);
  expect(told(MILO)).toEqual([]);
});

test('the head of the thread and the inbox show where the company stands, and the pipeline finds it', async () => {
  await receive(anAnswer(draft().messageId, 'Yes please.'));
  await card('interested');
  const head = (words: string) =>
    product().sandbox.waitFor(() =>
      inTeam().find((one) => textOf(one).includes('Drafts, decisions and replies') && textOf(one).includes(words)),
    );
  await head('Answered: interested');
  const { sandbox } = product();
  const seen = (words: string, as = MILO) =>
    sandbox.waitFor(() => sandbox.messages({ as, channel: GENERAL }).findLast((one) => (one.text + textOf(one)).includes(words)));
  const milo = sandbox.as(MILO);
  await milo.command(GENERAL, '/partners inbox');
  const inbox = await seen('Waiting for a person: 1 reply');
  expect(textOf(inbox)).toContain('Reply from Peatworks');
  expect(textOf(inbox)).toContain(`<@${ANA}>`);
  await milo.click(inbox, ACTIONS.inboxMine);
  const own = await seen('nothing waits for you');
  await milo.click(own, ACTIONS.inboxAll);
  await seen('Waiting for a person: 1 reply');
  await milo.command(GENERAL, '/partners outreach');
  expect(textOf(await seen('Replies so far'))).toContain('Waiting for a person:* 1 reply');
  // Managers see all that waits; a colleague without a role what is theirs.
  await milo.openHome();
  await sandbox.waitFor(() => JSON.stringify(sandbox.home(MILO)).includes('Reply from Peatworks'));

  await milo.command(GENERAL, '/partners pipeline');
  const pipeline = await seen(':inbox_tray: Answered: *1*');
  await milo.click(pipeline, ACTIONS.pipelineShow);
  const answered = await seen('the latest change first');
  expect(textOf(answered)).toContain('Peatworks');
  expect(textOf(answered)).toContain('Read Reply');
  await milo.click(answered, ACTIONS.pipelineOwner, { value: MILO });
  const none = await seen('nobody here');
  await milo.click(none, ACTIONS.pipelineWide);
  await seen('1–1 of 1 company');

  await milo.click(await card('interested'), ACTIONS.replyPartner);
  await milo.submit(await modalSaying(MILO, 'peatworks.example'), { types: ['technology'] });
  await head('Partner');
  await milo.click(inbox, ACTIONS.inboxRefresh);
  await seen('nothing waits for anybody');
});

test('the head of a thread is brought up to date again after a process died in between', async () => {
  await receive(anAnswer(draft().messageId, 'Yes please.'));
  await card('interested');
  const { sandbox, deps } = product();
  const updates = () =>
    sandbox.calls.filter(({ method, args }) => method === 'chat.update' && JSON.stringify(args).includes('Drafts, decisions')).length;
  await sandbox.waitFor(() => updates() > 0);
  const before = updates();
  await noteStageJob.run({ workspaceId: HOME, companyId: draft().companyId, anew: true }, deps);
  expect(updates()).toBeGreaterThan(before);
});
