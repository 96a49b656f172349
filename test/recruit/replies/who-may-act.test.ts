import { expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { getCompany } from '../../../src/programme/companies/company-repository.ts';
import { keysOfAddress } from '../../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { findOpenDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { EXT_QUILLMONT, MIA, MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import { HOME } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { anAnswer } from '../../support/mails.ts';
import { textOf, useReplies } from '../../support/replies-in-slack.ts';
import { aSentDraft } from '../../support/sent.ts';

const { product, draft, receive, inTeam, card, modalSaying } = useReplies();

const BUTTONS = [
  ACTIONS.replyAnswer,
  ACTIONS.replyPartner,
  ACTIONS.replyLater,
  ACTIONS.replySilencePerson,
  ACTIONS.replySilenceCompany,
  ACTIONS.replyCorrect,
  ACTIONS.replyShow,
];

test.each(BUTTONS)('%s: neither a colleague without a role nor a person of another company', async (action) => {
  await receive(anAnswer(draft().messageId, 'Who are you? A secret of Dana.'));
  await card('not clear');
  const [reply] = await listReplies(HOME, draft().threadId);
  const { sandbox } = product();
  for (const [person, words, channel] of [
    [MIA, 'You need the role', PARTNERSHIPS],
    [PIA, 'This is for the team', EXT_QUILLMONT],
  ] as const) {
    await forgedClick(product(), sandbox.sourceOf(person), { actionId: action, value: reply?.id ?? '', channel });
    const read = () =>
      JSON.stringify(sandbox.modal(person)) + JSON.stringify(sandbox.messages({ as: person }).filter(({ onlyFor }) => onlyFor === person));
    await sandbox.waitFor(() => read().includes(words));
    expect(read()).not.toContain('A secret of Dana');
  }
  expect(await findOpenDraft(HOME, draft().companyId)).toBeNull();
  expect((await getCompany(HOME, draft().companyId)).decision?.kind).toBe('pursued');
  expect(await findSuppression(HOME, keysOfAddress('dana@peatworks.example'))).toBeNull();
});

test('a reply of another workspace is gone', async () => {
  await receive(anAnswer(draft().messageId, 'Who are you?'));
  await card('not clear');
  const theirs = await aSentDraft({ workspaceId: 'T0OTHER' });
  await receive(anAnswer(theirs.messageId, 'A secret of theirs.'));
  const [reply] = await listReplies('T0OTHER', theirs.threadId);
  expect(inTeam().some((one) => textOf(one).includes('A secret of theirs'))).toBe(false);
  const value = `${reply?.id}|0`;
  await forgedClick(product(), product().sandbox.sourceOf(MILO), { actionId: ACTIONS.replyShow, value, channel: PARTNERSHIPS });
  expect(JSON.stringify(await modalSaying(MILO, 'That reply is gone'))).not.toContain('A secret of theirs');
});
