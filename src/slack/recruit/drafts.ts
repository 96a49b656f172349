import type { WebClient } from '@slack/web-api';
import { type CardNotes, draftCard, draftTitle, NO_NOTES } from '../../../blocks/recruit/draft-card.ts';
import { type CardPlace, cardRefused, draftPage } from '../../../blocks/recruit/draft-page.ts';
import { faultWords } from '../../../blocks/recruit/fault-words.ts';
import { habitWords } from '../../../blocks/recruit/style-form.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { Refusal } from '../../errors.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { lapsedBecause } from '../../recruit/outreach/demand-contact-allowed.ts';
import { DECIDABLE, type Draft } from '../../recruit/outreach/draft.ts';
import { faultsOfDraft, readBasis } from '../../recruit/outreach/draft-grounds.ts';
import { getDraft } from '../../recruit/outreach/draft-repository.ts';
import { suggestStyle } from '../../recruit/outreach/edit-draft.ts';
import { findLastHeard } from '../../recruit/replies/reply-repository.ts';
import { ENOUGH_DRAFTS } from '../../recruit/style/learn-from-edits.ts';
import { mixedInto } from '../../recruit/style/letter-language.ts';
import { languageFor } from '../../recruit/style/style.ts';
import { getStyle } from '../../recruit/style/style-repository.ts';

import { tellRefusal } from '../answer-error.ts';
import { demandInternalChannel } from '../audience.ts';
import { showOnce } from '../post-once.ts';
import { findPosts, type Place } from '../post-repository.ts';
import { startThread } from './thread-head.ts';

/** Shows a draft's card in the company's own thread; the thread is started when it is the first. `at` tells whether its text has lapsed.
 *  Refuses `setup-incomplete`, and what `showOnce` refuses. */
export async function showDraft(client: WebClient, workspaceId: string, draftId: string, at: Date): Promise<Place> {
  const draft = await getDraft(workspaceId, draftId);
  const target = { workspaceId, key: `draft:${draftId}`, ...(await companyThreadTarget(client, draft)) };
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
    const draft = await getDraft(workspaceId, draftId);
    const { decidedBy, editedBy, startedBy, version, status } = draft;
    const target = { workspaceId, key: `draft-refused:${draftId}:${version}:${status}`, people: [decidedBy, editedBy, startedBy] };
    await tellRefusal(client, target, cardRefused(draft), error);
  }
}

/** What can only be said of a text that is still to be decided on. */
export async function notesOf(draft: Draft, at: Date): Promise<CardNotes> {
  const isOpen = DECIDABLE.some((status) => status === draft.status);
  if (!isOpen) return NO_NOTES;
  const [lapsed, wroteAgain, languages] = await Promise.all([lapsedBecause(draft, at), heardSince(draft), languagesOf(draft)]);
  if (!draft.editedBy) return { ...NO_NOTES, lapsed, wroteAgain, ...languages };
  // Whether a person's own words take up a fact nobody can tell.
  const faults = (await faultsOfDraft(draft, await readBasis(draft))).filter(({ code }) => code !== 'no-fact-of-theirs');
  const warnings = faults.map(faultWords);
  return { lapsed, wroteAgain, warnings, ...languages, habit: await habitOf(draft) };
}

/** Of a first letter, which alone speaks of set-up: the language of set-up where the letter has no texts of its own, and the one that it would
 *  have with texts of its own. */
async function languagesOf({ workspaceId, kind, language, writer, contact }: Draft): Promise<Pick<CardNotes, 'setupIn' | 'meantIn'>> {
  if (kind !== 'first') return { setupIn: null, meantIn: null };
  const [style, { company }] = await Promise.all([getStyle(workspaceId), getProgramme(workspaceId)]);
  const theirs = languageFor(style, contact.country);
  return {
    setupIn: mixedInto(language, style, company),
    meantIn: writer === 'offline' && theirs !== language && !style.letters[theirs] ? theirs : null,
  };
}

/** When they wrote after the mail that this answers. */
async function heardSince({ workspaceId, companyId, answers }: Draft): Promise<Date | null> {
  const last = answers && (await findLastHeard(workspaceId, companyId));
  return last && last.receivedAt > answers.at ? last.receivedAt : null;
}

/** Said once: on the card of the draft whose edit made it a habit. */
async function habitOf({ id, workspaceId }: Draft): Promise<string | null> {
  const suggestions = await suggestStyle(await getStyle(workspaceId));
  const shown = suggestions.find(({ draftIds }) => draftIds.length === ENOUGH_DRAFTS && draftIds.at(-1) === id);
  return shown ? `${habitWords(shown)} \`/partners style\` makes it the rule.` : null;
}

type OfCompany = Pick<Draft, 'workspaceId' | 'companyId'>;

/** A company's own thread in the team channel, for `showOnce`: it is started, or started again when its head was deleted, once something is to be
 *  posted in it. Refuses `setup-incomplete`. */
export async function companyThreadTarget(client: WebClient, { workspaceId, companyId }: OfCompany) {
  const { digest } = await getProgramme(workspaceId);
  if (!digest) throw new Refusal('setup-incomplete', { step: 'digest' });
  const to = { kind: 'internal-channel', channel: digest.channel } as const;
  return { to, thread: () => startThread(client, { workspaceId, companyId }, to.channel) };
}

/** Where a draft's card is, or whether the channel can take it at this moment: asked before it is promised. Slack is not asked for links. */
export async function cardPlace(client: WebClient, draft: Pick<Draft, 'id' | 'workspaceId' | 'companyId'>): Promise<CardPlace> {
  const { workspaceId } = draft;
  const keys = [`draft:${draft.id}`, `company:${draft.companyId}`] as const;
  const [{ digest }, posts] = await Promise.all([getProgramme(workspaceId), findPosts(workspaceId, [...keys])]);
  const [card, head] = keys.map((key) => posts.get(key));
  if (!digest) return { kind: 'refused', why: refusalSentence('setup-incomplete', { step: 'digest' }) };
  // As `showOnce` goes on: where it is, else where the thread is, else where the team is now.
  let refused: Refusal | null = null;
  for (const channel of new Set([card?.channel ?? head?.channel ?? digest.channel, digest.channel])) {
    try {
      await demandInternalChannel(client, workspaceId, channel);
      return card?.channel === channel ? { kind: 'posted', ...card } : { kind: 'soon' };
    } catch (error) {
      if (!(error instanceof Refusal)) return { kind: 'unsure' };
      refused ??= error;
    }
  }
  return refused ? { kind: 'refused', why: refusalSentence(refused.code, refused.details) } : { kind: 'unsure' };
}

/** A draft as it is now, in a modal, with all that can be decided. */
export async function draftView(client: WebClient, workspaceId: string, draftId: string, at: Date, lead = '') {
  const draft = await getDraft(workspaceId, draftId);
  const [notes, place] = await Promise.all([notesOf(draft, at), cardPlace(client, draft)]);
  return draftPage(draft, notes, place, lead);
}

/** `draftId|version`, as the card's buttons carry it; *Send Now* adds `|attempts`, which cards of earlier versions do not. */
export function seenIn(value: string | undefined): { draftId: string; version: number; attempts: number } {
  const [draftId, version, attempts = '0'] = (value ?? '').split('|');
  if (!draftId || ![version, attempts].map(Number).every(Number.isInteger)) throw new Refusal('draft-unknown');
  return { draftId, version: Number(version), attempts: Number(attempts) };
}
