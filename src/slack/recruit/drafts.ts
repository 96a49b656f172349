import type { WebClient } from '@slack/web-api';
import { type CardNotes, draftCard, draftTitle } from '../../../blocks/recruit/draft-card.ts';
import { habitWords } from '../../../blocks/recruit/style-form.ts';
import { Refusal } from '../../errors.ts';
import { lapsedBecause } from '../../recruit/outreach/demand-approvable.ts';
import { DECIDABLE, type Draft } from '../../recruit/outreach/draft.ts';
import { problemsOf, readBasis } from '../../recruit/outreach/draft-grounds.ts';
import { getDraft } from '../../recruit/outreach/draft-repository.ts';
import { suggestStyle } from '../../recruit/outreach/suggest-style.ts';
import { ENOUGH_DRAFTS } from '../../recruit/style/learn-from-edits.ts';
import { getStyle } from '../../recruit/style/style-repository.ts';
import { showOnce } from '../post-once.ts';
import type { Place } from '../post-repository.ts';
import { tellRefusal } from '../tell-refusal.ts';
import { companyThreadPlace } from './company-thread.ts';

/** Shows a draft's card in the company's own thread; the thread is started when it is the first. `at` tells whether its text has lapsed. */
export async function showDraft(client: WebClient, workspaceId: string, draftId: string, at: Date): Promise<Place> {
  const draft = await getDraft(workspaceId, draftId);
  const thread = await companyThreadPlace(client, draft);
  const target = { workspaceId, key: `draft:${draftId}`, channel: thread.channel, threadTs: thread.ts };
  return showOnce(client, target, draftTitle(draft), async () => {
    const current = await getDraft(workspaceId, draftId);
    return { text: draftTitle(current), blocks: draftCard(current, await notesOf(current, at)) };
  });
}

/** As `showDraft`; when the team channel may not be posted in, whoever acted on the draft hears why. */
export async function showDraftOrTell(client: WebClient, workspaceId: string, draftId: string, at: Date): Promise<void> {
  try {
    await showDraft(client, workspaceId, draftId, at);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { companyName, decidedBy, editedBy, startedBy, version } = await getDraft(workspaceId, draftId);
    const target = { workspaceId, key: `draft-refused:${draftId}:${version}`, people: [decidedBy, editedBy, startedBy] };
    await tellRefusal(client, target, `The draft to ${companyName} cannot be shown to the team.`, error);
  }
}

/** What can only be said of a text that is still to be decided on. */
async function notesOf(draft: Draft, at: Date): Promise<CardNotes> {
  const isOpen = DECIDABLE.some((status) => status === draft.status);
  if (!isOpen) return { lapsed: null, warnings: [], habit: null };
  const lapsed = await lapsedBecause(draft, at);
  if (!draft.editedBy) return { lapsed, warnings: [], habit: null };
  const warnings = await problemsOf(draft, draft, await readBasis(draft));
  return { lapsed, warnings, habit: await habitOf(draft) };
}

/** Said once: on the card of the draft whose edit made it a habit. */
async function habitOf({ id, workspaceId }: Draft): Promise<string | null> {
  const suggestions = await suggestStyle(await getStyle(workspaceId));
  const shown = suggestions.find(({ draftIds }) => draftIds.length === ENOUGH_DRAFTS && draftIds.at(-1) === id);
  return shown ? `${habitWords(shown)} \`/partners style\` makes it the rule.` : null;
}
