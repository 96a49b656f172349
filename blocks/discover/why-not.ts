import type { KnownBlock } from '@slack/types';
import type { Hindrance, Position, WhyNot } from '../../src/discover/digest/why-not.ts';
import { CRITERION_IDS, type CriterionId } from '../../src/discover/fit/criteria.ts';
import type { Fit, Reason } from '../../src/discover/fit/fit.ts';
import type { Gate } from '../../src/discover/fit/gates.ts';
import { LIKE } from '../../src/discover/fit/like-examples.ts';
import { ENOUGH_KNOWN } from '../../src/discover/fit/score-company.ts';
import { type Modal, modal, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, escaped, escapedTo, moment, person, plainTo, section, siteLink } from '../mrkdwn.ts';
import { asType, count, fitWords, REASON_WORDS } from '../words.ts';
import { dayWords } from './digest-card.ts';
import { gateWords, holdWords, reasonWords } from './reason-words.ts';
import { CRITERION_WORDS } from './vocabulary.ts';

export const WHY_TITLE = 'Why not …?';

export function whyForm(digestId: string): Modal {
  const hint = 'Its name or its web domain, such as example.com.';
  return modal(WHY_TITLE, [textInput('company', 'Which company did you expect?', '', { max: 200, hint })], {
    id: VIEWS.why,
    submit: 'Ask',
    metadata: JSON.stringify({ digestId }),
  });
}

/** Why a company is not among the suggestions, and what would change that. At most a dozen blocks. */
export function whyNotBlocks(why: WhyNot): KnownBlock[] {
  const { company } = why;
  const title = `*Why not ${plainTo(company.name, 100)}?* · ${siteLink(company.domain)}`;
  if (why.gate)
    return [section(`${title}\n:no_entry: Left out of every list. ${escapedTo(gateWords(why.gate), 500)} ${GATE_STEPS[why.gate.gate]}`)];
  const { position, candidates, hindrances, last } = why;
  const standing = `${fitWords(position.fit)}, *place ${position.place.toLocaleString('en-GB')}* of ${count(candidates, 'candidate')}, as ${asType(position.fit.type)}`;
  const reasons = hindrances.map((hindrance) => `• ${hindranceWords(hindrance, company.name)}`);
  return [
    section(`${title}\n${standing}`),
    section([...reasons, ...(last || hindrances.every(({ kind }) => kind === 'held') ? [placeWords(position, last)] : [])].join('\n')),
    ...byGap(position.fit, last?.fit ?? null).map((id) => section(criterionWords(id, position.fit, last))),
    context('All as it stands now. *Details* in `/partners show` opens every point to its evidence.'),
  ];
}

/** Nothing on file has this name. `near` are spelled alike. */
export function unknownCompany(words: string, near: { name: string; domain: string }[]): KnownBlock[] {
  const names = near.map(({ name, domain }) => `• ${escapedTo(name, 100)} (${escapedTo(domain, 100)})`);
  return [
    section(`No company on file matches “${escapedTo(words, 200)}”, so it was never ranked.`),
    ...(names.length > 0 ? [section(`Did you mean one of these?\n${names.join('\n')}`)] : []),
    section(
      'Bring it with `/partners import`: a CSV file, or its web domain pasted. Rows without a web domain are not taken; the report of an import names them.',
    ),
  ];
}

const GATE_STEPS: Record<Gate['gate'], string> = {
  'kept-out': `If that is wrong, a manager presses *${LABELS.noCompetitor}* or *${LABELS.holdBackAgain}* in its details.`,
  competitor: 'If that is wrong, an admin takes it off the list in `/partners setup`, step 2.',
  customer: 'If that is wrong, an admin takes it off the list in `/partners setup`, step 2.',
  existing: 'If that is wrong, an admin takes it off the list in `/partners setup`, step 2.',
  'own-company': 'If it only has the same name, an admin gives yours in full in `/partners setup`.',
  suppressed: 'If they want to hear from you again, an admin takes it back with `/partners optout`.',
};

function hindranceWords(hindrance: Hindrance, name: string): string {
  const show = `\`/partners show ${escapedTo(name.replaceAll('`', ''), 100)}\``;
  if (hindrance.kind === 'shown')
    return `It was suggested on ${dayWords(hindrance.day)} already, and nothing is suggested twice. Decide in ${show}.`;
  if (hindrance.kind === 'little-known') {
    const share = Math.round(100 * hindrance.known);
    return `Only ${share} % is known of it. Those with less than ${100 * ENOUGH_KNOWN} % stand behind all others; bring more facts with \`/partners import\`.`;
  }
  if (hindrance.kind === 'held') return holdWords(hindrance.hold);
  const { decision } = hindrance;
  const who = `${person(decision.by)}, ${moment(decision.at)}`;
  if (decision.kind === 'pursued') return `Outreach was started by ${who}. Follow it in ${show}.`;
  if (decision.kind === 'later')
    return `It was put off by ${who}, until ${moment(decision.until)}. *Reconsider* in ${show} brings it back now.`;
  if (decision.kind === 'partner') return `It is a partner, said ${who}. *Reconsider* in ${show} takes that back.`;
  return `It is not a fit, said ${who}: ${REASON_WORDS[decision.reason].toLowerCase()}. *Reconsider* in ${show} takes that back.`;
}

function placeWords(position: Position, last: (Position & { day: string }) | null): string {
  if (!last) return 'There is no digest to compare with; `/partners digest` posts one.';
  const other = `*${plainTo(last.name, 100)}*, the last one in the digest of ${dayWords(last.day)}, has ${fitWords(last.fit)} and place ${last.place.toLocaleString('en-GB')}.`;
  if (position.place > last.place) return other;
  return `${other} That is behind it now: each wanted type has its turn in a digest, and what changed since counts in the next. Unless something above keeps it out, it comes in one of the next.`;
}

/** The criteria, those first on which the other one gains most. */
function byGap(own: Fit, other: Fit | null): CriterionId[] {
  const gap = (id: CriterionId) => (other ? shareOf(other, id) - shareOf(own, id) : -shareOf(own, id));
  return CRITERION_IDS.toSorted((a, b) => gap(b) - gap(a));
}

/** Of the score by the rules, 0–1. */
function shareOf(fit: Fit, id: CriterionId): number {
  const known = fit.reasons.reduce((sum, { criterion, max }) => (criterion === LIKE ? sum : sum + max), 0);
  return known === 0 ? 0 : (reasonOf(fit, id)?.points ?? 0) / known;
}

function criterionWords(id: CriterionId, own: Fit, last: Position | null): string {
  const reason = reasonOf(own, id);
  const versus = last ? ` · ${plainTo(last.name, 60)}: ${pointsWords(reasonOf(last.fit, id))}` : '';
  return `*${CRITERION_WORDS[id]}:* ${pointsWords(reason)}${versus}${reason ? `\n${escapedTo(reasonWords(reason), 300)}` : ''}`;
}

function pointsWords(reason: Reason | undefined): string {
  return reason ? `${reason.points} of ${reason.max}` : 'not known';
}

function reasonOf({ reasons }: Fit, id: CriterionId): Reason | undefined {
  return reasons.find(({ criterion }) => criterion === id);
}

/** Other companies the words may mean. */
export function alsoMatching(others: { name: string; domain: string }[]): KnownBlock[] {
  if (others.length === 0) return [];
  return [context(`Also matching: ${others.map(({ name, domain }) => `${escaped(name)} (${escaped(domain)})`).join(', ')}`)];
}
