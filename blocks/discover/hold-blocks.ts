import type { Button, KnownBlock } from '@slack/types';
import type { Hold, Opinions } from '../../src/discover/fit/holds.ts';
import type { RankedCompany } from '../../src/discover/fit/rank-companies.ts';
import type { About, Review, Ruling } from '../../src/discover/reviews/review.ts';
import { PARTNER_TYPES, type PartnerType } from '../../src/programme/setup/programme.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS, type ActionId } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, moment, person, plainTo, shorten, siteLink } from '../mrkdwn.ts';
import { CARD, card } from '../panels.ts';
import { fitWords, TYPE_WORDS } from '../words.ts';
import { holdWords } from './reason-words.ts';

type Named = { id: string; name: string };

/** One that a person may clear with a word: what speaks against it, quoted, and the buttons. `from`: the page of the list it stands on. */
export function doubtCard(company: Omit<RankedCompany, 'reasons'>, from: number, longest: { name: number; why: number }): KnownBlock {
  const { id, name, domain, type, holds } = company;
  const site = domain ? ` · ${siteLink(domain)}` : '';
  const title = `*${plainTo(name, Math.min(longest.name, Math.max(20, CARD.title - site.length - 2)))}*${site}`;
  const subtitle = `${TYPE_WORDS[type]} · fit ${fitWords(company)}`;
  const body = plainTo(holds.map(holdWords).join(' '), Math.min(longest.why, CARD.body));
  const isRival = holds.some(({ hold }) => hold === 'rival');
  const isRead = holds.some(({ hold }) => hold === 'reader');
  const buttons = [...(isRival ? ofRival(company, from) : []), ...(isRead ? [suggest(company, type, from)] : [])];
  return card(`hold:${id}`, { title, subtitle, body }, buttons);
}

/** In *Details*: what can be said of each hold that a person may clear, and what was said, with the way back. */
export function holdBlocks(
  company: Named,
  { holds, objections, reviews }: { holds: readonly Hold[]; objections: Opinions['objections']; reviews: readonly Review[] },
): KnownBlock[] {
  const ruled = reviews.flatMap(({ about, ruling }) => (ruling ? ruledBlocks(company, about, ruling) : []));
  const isOpen = holds.some(({ hold }) => hold === 'rival');
  const objected = PARTNER_TYPES.flatMap((type): KnownBlock[] => {
    const objection = objections[type];
    if (!objection) return [];
    const words = `As ${TYPE_WORDS[type].toLowerCase()} not suggested by itself: ${plainTo(holdWords({ hold: 'reader', ...objection }), 300)}`;
    return [context(words), actions(`hold:${company.id}:${type}`, suggest(company, type, 0))];
  });
  return [...(isOpen ? [actions(`hold:${company.id}:rival`, ...ofRival(company, 0))] : []), ...objected, ...ruled];
}

function ruledBlocks(company: Named, about: About, ruling: Ruling): KnownBlock[] {
  const restore = press(company, ACTIONS.holdRestore, LABELS.holdBackAgain, { about, from: 0 });
  const others = about === 'rival' ? ofRival(company, 0).filter(({ action_id }) => action_id !== ofKind(ruling)) : [];
  return [
    context(`${ruledWords(about, ruling)} by ${person(ruling.by)}, ${moment(ruling.at)}`),
    actions(`hold:${company.id}:${about}:${ruling.kind}`, ...others, restore),
  ];
}

function ofKind({ kind }: Ruling): ActionId {
  return kind === 'clear' ? ACTIONS.holdClear : ACTIONS.holdKeepOut;
}

function ruledWords(about: About, { kind }: Ruling): string {
  if (kind === 'keep-out') return ':no_entry_sign: Kept out as a competitor';
  if (about === 'rival') return ':white_check_mark: Cleared of being a competitor';
  return `:white_check_mark: Suggested as ${TYPE_WORDS[about].toLowerCase()} whatever the second reader says,`;
}

function ofRival(company: Named, from: number): Button[] {
  const about = { about: 'rival', from } as const;
  return [press(company, ACTIONS.holdKeepOut, LABELS.keepOut, about), press(company, ACTIONS.holdClear, LABELS.noCompetitor, about)];
}

function suggest(company: Named, type: PartnerType, from: number): Button {
  return press(company, ACTIONS.holdSuggest, LABELS.suggestAnyway, { about: type, from });
}

/** A button that a screen reader tells from those of the other companies. */
function press({ id, name }: Named, action: ActionId, label: string, { about, from }: { about: About; from: number }): Button {
  return button(action, label, `${id}|${about}|${from}`, { accessibility_label: shorten(`${label}: ${name}`, 75) });
}

/** What a person just said, above the list that is shown anew. */
export function ruledLine({ name }: Pick<Named, 'name'>, action: ActionId): string {
  const shown = `*${plainTo(name, 100)}*`;
  if (action === ACTIONS.holdKeepOut) return `${shown} is kept out for good. \`/partners show\` and *Details* take it back.`;
  if (action === ACTIONS.holdClear)
    return `${shown} is not held back for that any more. *${LABELS.holdBackAgain}* in *Details* takes it back.`;
  return `${shown} is held back again.`;
}
