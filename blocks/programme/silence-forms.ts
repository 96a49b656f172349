import type { KnownBlock } from '@slack/types';
import type { Silence, SuppressionKey, SuppressionKind, SuppressionReason } from '../../src/programme/suppression/suppression.ts';
import type { SuppressionTarget } from '../../src/programme/suppression/suppression-target.ts';
import { input, type Modal, modal, option, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { context, escaped, escapedTo, moment, person, plainTo, section } from '../mrkdwn.ts';
import { refusalSentence, SILENCE_WORDS } from '../refusals.ts';
import { count } from '../words.ts';

export const SILENCE_TITLE = 'Suppression list';
/** What a person of the team may give as the reason; the others come from the recipient or a mail server. */
export const TEAM_REASONS = ['asked-us', 'complaint', 'decision'] as const satisfies SuppressionReason[];

const REASONS = [
  option('asked-us', 'They asked us: by phone, in person, by letter'),
  option('complaint', 'They complained'),
  option('decision', 'We decided so'),
];

const VIA_WORDS: Readonly<Record<string, string>> = {
  'one-click': 'by the button of their mail program',
  page: 'on the page behind the link in our mail',
  reply: 'by answering our mail',
  bounce: 'by a report that came back',
  smtp: 'by the answer of their mail server',
  command: 'with `/partners optout`',
  card: 'on a card in Slack',
  privacy: 'when their data was deleted',
};

export type SilenceCounts = Record<SuppressionKind, number>;

/** Asks what is meant, and says how many entries there are. */
export function silenceForm(counts: SilenceCounts): Modal {
  return modal(
    SILENCE_TITLE,
    [
      section('What is on this list gets nothing from us, by any path; companies and domains leave every list too.'),
      textInput('target', 'Address, web domain or company', '', {
        max: 200,
        placeholder: 'dana@example.com, example.com or a name on file',
      }),
      context(silenceCounts(counts)),
    ],
    { id: VIEWS.silenceLook, submit: 'Look Up' },
  );
}

export function silenceCounts({ address, domain, company }: SilenceCounts): string {
  if (address + domain + company === 0) return 'Nobody is on the suppression list yet.';
  return `On the suppression list: ${count(address, 'address', 'addresses')}, ${count(domain, 'domain')}, ${count(company, 'company', 'companies')}.`;
}

/** One target: whether it is silent, since when, how and why; and what this person may do about it. */
export function silencePage(
  target: SuppressionTarget,
  silence: Silence | null,
  may: { add: boolean; lift: boolean; isOwn: boolean },
): Modal {
  const meant = section(targetWords(target));
  if (silence) return silentPage(meant, target, silence, may.lift);
  const free = section(':large_green_circle: It is not on the suppression list.');
  if (may.isOwn) return modal(SILENCE_TITLE, [meant, context(refusalSentence('target-unclear', { why: 'own' }))]);
  if (!may.add) return modal(SILENCE_TITLE, [meant, free, context('A manager can put it there.')]);
  const reason = input('reason', 'Why?', { type: 'radio_buttons', options: REASONS });
  const effect = context('It holds at once, also for what is approved and waits. Only an admin can take it back, with proof.');
  return modal(SILENCE_TITLE, [meant, free, reason, effect], {
    id: VIEWS.silenceAdd,
    submit: 'Stop All Mail',
    metadata: JSON.stringify(target.key),
  });
}

function silentPage(meant: KnownBlock, { key }: SuppressionTarget, silence: Silence, mayLift: boolean): Modal {
  const words = section(`:no_entry: ${silenceWords(key, silence)}`);
  if (!mayLift)
    return modal(SILENCE_TITLE, [meant, words, context('Only an admin can take it back, with proof that they want mail again.')]);
  const proof = textInput('proof', 'Take it back: how did they say that they want mail from us again?', '', {
    multiline: true,
    max: 1000,
    hint: 'Who said it, when and where. This is the proof, and it is kept.',
  });
  return modal(SILENCE_TITLE, [meant, words, proof], {
    id: VIEWS.silenceLift,
    submit: 'Take Back',
    metadata: JSON.stringify({ asked: key, lifted: silence.key }),
  });
}

function targetWords({ key: { kind, value }, company }: SuppressionTarget): string {
  if (kind === 'address') return `The address *${plainTo(value, 250)}*.`;
  if (kind === 'domain')
    return `The domain *${plainTo(value, 250)}*: every address there, also at names below it, and its place in our lists.`;
  return `The company *${plainTo(company, 200)}* (${escapedTo(value, 250)}): every address at its domain, and its place in our lists.`;
}

function silenceWords(asked: SuppressionKey, { key, suppression: { reason, via, by, at } }: Silence): string {
  const own = key.kind === asked.kind && key.value === asked.value;
  const what = own
    ? 'It gets nothing from us'
    : `It gets nothing from us, because ${KEY_WORDS[key.kind]} *${plainTo(key.value, 250)}* is silent`;
  const how = VIA_WORDS[via] ?? escaped(via);
  const who = by === 'recipient' ? 'the recipient' : person(by);
  return `${what}, since ${moment(at)}: ${SILENCE_WORDS[reason] ?? escaped(reason)}. Noted ${how}, by ${who}.`;
}

const KEY_WORDS: Record<SuppressionKind, string> = { address: 'the address', domain: 'the domain', company: 'the company' };

/** After it was put on the list; `changed` is false when it stood there. */
export function silencedWords(target: SuppressionTarget, changed: boolean): string {
  const stands = changed
    ? 'gets nothing from us from now on. What was under way to it is closed.'
    : 'was on the list already. Nothing was changed.';
  return `:no_entry: ${nameOf(target)} ${stands}`;
}

export function liftedWords(target: SuppressionTarget, lifted: SuppressionKey): string {
  return `${KEY_WORDS[lifted.kind].replace('the', 'The')} *${plainTo(lifted.value, 250)}* is off the suppression list. ${nameOf(target)} may be written to again, as far as the other rules allow; nothing leaves without a new approval.`;
}

function nameOf({ key, company }: SuppressionTarget): string {
  return `*${plainTo(company || key.value, 250)}*`;
}
