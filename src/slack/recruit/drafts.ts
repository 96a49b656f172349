import type { WebClient } from '@slack/web-api';
import { type CardNotes, companyThread, draftCard, draftTitle } from '../../../blocks/recruit/draft-card.ts';
import { habitWords } from '../../../blocks/recruit/style-form.ts';
import { Refusal } from '../../errors.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { lapsedBecause } from '../../recruit/outreach/demand-contact-allowed.ts';
import { DECIDABLE, type Draft } from '../../recruit/outreach/draft.ts';
import { problemsOf, readBasis } from '../../recruit/outreach/draft-grounds.ts';
import { getDraft } from '../../recruit/outreach/draft-repository.ts';
import { suggestStyle } from '../../recruit/outreach/edit-draft.ts';
import { ENOUGH_DRAFTS } from '../../recruit/style/learn-from-edits.ts';
import { getStyle } from '../../recruit/style/style-repository.ts';
import { tellRefusal } from '../answer-error.ts';
import { showOnce } from '../post-once.ts';
import { findPost, type Place } from '../post-repository.ts';

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

/** Where a company's own thread stands in the team channel; it is started when there is none. Refuses `setup-incomplete`, and what
 *  `showOnce` refuses. */
export async function companyThreadPlace(
  client: WebClient,
  { workspaceId, companyId, companyName }: { workspaceId: string; companyId: string; companyName: string },
): Promise<Place> {
  const { digest } = await getProgramme(workspaceId);
  if (!digest) throw new Refusal('setup-incomplete', { step: 'digest' });
  const key = `company:${companyId}`;
  const known = await findPost(workspaceId, key);
  if (known) return known;
  const { domain } = await getCompany(workspaceId, companyId);
  const head = companyThread(companyName, domain);
  return showOnce(client, { workspaceId, key, channel: digest.channel }, head.text, async () => head);
}

/** A sentence that leads to a draft's card. */
export async function draftPlace(client: WebClient, workspaceId: string, { id }: Pick<Draft, 'id'>): Promise<string> {
  const post = await findPost(workspaceId, `draft:${id}`);
  if (!post) return 'It appears in the company’s thread in a moment.';
  const { permalink } = await client.chat.getPermalink({ channel: post.channel, message_ts: post.ts });
  return permalink ? `<${permalink}|Open it in its thread.>` : `It is in a thread in <#${post.channel}>.`;
}

/** `draftId|version`, as the card's buttons carry it. */
export function seenIn(value: string | undefined): { draftId: string; version: number } {
  const [draftId, version] = (value ?? '').split('|');
  if (!draftId || !Number.isInteger(Number(version))) throw new Refusal('draft-unknown');
  return { draftId, version: Number(version) };
}
