import type { Button, KnownBlock } from '@slack/types';
import type { Draft } from '../../src/recruit/outreach/draft.ts';
import { classicBlocks } from '../classic-blocks.ts';
import { actions, button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { escaped, section, shorten } from '../mrkdwn.ts';
import { type CardNotes, draftBlocks, draftTitle } from './draft-card.ts';

export const DRAFT_TITLE = 'Draft';

/** Where a draft's card is. `soon`: the channel can take it, and it is on its way. `refused`: it cannot, with the sentence why. `unsure`: Slack
 *  does not say. */
export type CardPlace =
  | { kind: 'posted'; channel: string; link: string | null }
  | { kind: 'soon' }
  | { kind: 'refused'; why: string }
  | { kind: 'unsure' };

/** A draft with all that can be decided, in a modal: the way that is left when its card or its channel is gone. `lead`: sentences above it,
 *  mrkdwn. */
export function draftPage(draft: Draft, notes: CardNotes, place: CardPlace, lead = ''): Modal {
  const words = [lead, cardWords(place)].filter(Boolean).join(' ');
  const whole = Number.POSITIVE_INFINITY;
  const blocks = [section(words), ...classicBlocks(draftBlocks(draft, notes, whole), whole)];
  return modal(DRAFT_TITLE, blocks, { metadata: JSON.stringify({ page: { kind: 'draft', draftId: draft.id } }) });
}

/** What is said once a draft was opened: the way to it, with a button that shows it wherever its card is. */
export function draftStarted(draft: Draft, words: string, place: CardPlace): { text: string; blocks: KnownBlock[] } {
  const text = `${words} ${cardWords(place)}`;
  return { text, blocks: [section(text), actions(`open:${draft.id}`, openDraftButton(draft))] };
}

/** Opens `draftPage`. */
export function openDraftButton({ id, companyName }: Pick<Draft, 'id' | 'companyName'>, label = 'Open Draft'): Button {
  return button(ACTIONS.draftOpen, label, id, { accessibility_label: shorten(`Open the draft to ${companyName}`, 75) });
}

/** A sentence that leads to a draft's card, or says why there is none. */
export function cardWords(place: CardPlace): string {
  switch (place.kind) {
    case 'posted':
      return place.link ? `<${place.link}|Open it in its thread.>` : `It is in a thread in <#${place.channel}>.`;
    case 'soon':
      return 'Its card appears in the company’s thread in a moment.';
    case 'refused':
      return `Its card cannot be shown to the team: ${place.why} ${ELSEWHERE}`;
    case 'unsure':
      return `Slack does not say now whether its card can be shown to the team. ${ELSEWHERE}`;
  }
}

const ELSEWHERE = 'The Home tab and `/partners outreach` show the draft all the same.';

/** For whoever acted on a draft whose card could not be shown later on. */
export function cardRefused(draft: Draft): string {
  return `${draftTitle(draft)}. Its card cannot be shown to the team. ${ELSEWHERE}`;
}

/** For an approver who has no card before their eyes. */
export function approvedWords(place: CardPlace): string {
  const where = place.kind === 'soon' ? 'Its card in the company’s thread' : '`/partners outreach`';
  return `Approved. It leaves as soon as their business hours and the day’s caps allow; ${where} shows what became of it.`;
}

/** While a text is written anew. */
export function rewritingWords(place: CardPlace): string {
  const isOnCard = place.kind === 'posted' || place.kind === 'soon';
  return isOnCard ? 'Rewriting… The card shows the next version in a moment.' : `Rewriting… ${cardWords(place)}`;
}

/** As `rewritingWords`, on the draft's own page. */
export function rewritingPage(draft: Draft): Modal {
  const words = 'Rewriting… *Open Draft* shows the next version when it is written.';
  return modal(DRAFT_TITLE, [section(words), actions(`open:${draft.id}`, openDraftButton(draft))]);
}

/** A draft's name as a link to its card, where there is one. */
export function draftLink(companyName: string, link: string | null): string {
  const name = `Outreach to ${escaped(companyName)}`;
  return link ? `<${link}|${name.replaceAll('|', '¦')}>` : name;
}
