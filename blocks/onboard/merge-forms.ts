import type { Partner } from '../../src/onboard/partners/partner.ts';
import { input, type Modal, modal, option, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { context, escaped, escapedTo, person, plainTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { STATUS_WORDS, typeWords } from './partner-words.ts';

export const MERGE_TITLE = 'Merge records';

/** Asks for the other record of the same company. */
export function mergeWithForm(partner: Pick<Partner, 'name'>, metadata: string): Modal {
  return modal(
    MERGE_TITLE,
    [
      section(`Two records of one company become one. Which is the other record of *${plainTo(partner.name, 100)}*?`),
      textInput('other', 'Name or web domain of the other record', '', { max: 200, placeholder: 'example.com' }),
      context('I show you first what stays and what moves.'),
    ],
    { id: VIEWS.partnerMergeWith, submit: 'Continue', metadata },
  );
}

export const KEEP = ['first', 'second'] as const;

/** What each of two records has, which of them stays, what moves to it, and what does not. */
export function mergePreview(first: Partner, second: Partner, metadata: string): Modal {
  const options = [option('first', `${first.name} (${first.domains[0]})`), option('second', `${second.name} (${second.domains[0]})`)];
  const clashes = clashesOf(first, second);
  return modal(
    MERGE_TITLE,
    [
      section(recordWords(first)),
      section(recordWords(second)),
      input('stays', 'Which record stays?', { type: 'radio_buttons', options, ...(options[0] ? { initial_option: options[0] } : {}) }),
      section(
        '*What moves to it*: all domains, names, types, countries, people, Slack workspaces and notes, and its deals, agreements, certificates and pages. Somebody who is in both is kept once, as they are in the record that stays.',
      ),
      section(
        clashes.length > 0
          ? `*What does not move*, because both have one; the record that stays keeps its own:\n${clashes.join('\n')}`
          : 'Nothing of the other record is lost.',
      ),
      context('The other record is gone afterwards; its history stays in the audit log. This cannot be taken back.'),
    ],
    { id: VIEWS.partnerMerge, submit: 'Merge', metadata },
  );
}

function recordWords(partner: Partner): string {
  const { name, domains, status, owner, people, teamIds, channel, notes, aliases } = partner;
  const more = [
    escaped(typeWords(partner)),
    count(people.length, 'person', 'people'),
    ...(teamIds.length > 0 ? [count(teamIds.length, 'Slack workspace')] : []),
    ...(channel ? [`channel <#${channel}>`] : []),
    ...(notes.length > 0 ? [count(notes.length, 'note')] : []),
    ...(aliases.length > 0 ? [`also called ${escapedTo(aliases.join(', '), 200)}`] : []),
  ];
  return `*${plainTo(name, 100)}* · ${escapedTo(domains.join(', '), 300)}\n${STATUS_WORDS[status]} · ${person(owner)} · ${more.join(' · ')}`;
}

/** What both have, and differently. */
function clashesOf(first: Partner, second: Partner): string[] {
  const differ = <Value>(label: string, of: (partner: Partner) => Value, said: (value: NonNullable<Value>) => string): string[] => {
    const [one, other] = [of(first), of(second)];
    return one && other && one !== other ? [`• ${label}: ${said(one)} and ${said(other)}`] : [];
  };
  return [
    ...differ(
      'status',
      ({ status }) => status,
      (status) => STATUS_WORDS[status].toLowerCase(),
    ),
    ...differ('looked after by', ({ owner }) => owner, person),
    ...differ(
      'tier',
      ({ tier }) => tier,
      (tier) => escapedTo(tier, 60),
    ),
    ...differ(
      'channel; the other one stays in Slack, without a partner',
      ({ channel }) => channel,
      (channel) => `<#${channel}>`,
    ),
  ];
}

/** Why no other record is meant by what was typed; `found` is what it matches. */
export function otherUnclear(found: readonly Pick<Partner, 'id' | 'name' | 'domains'>[], thisId: string): string {
  if (found.some(({ id }) => id !== thisId))
    return `Several match: ${found.map(({ name, domains }) => `${name} (${domains[0]})`).join(', ')}. Give the web domain of one.`;
  const why = found.length > 0 ? 'That is this record itself.' : 'No partner is called that.';
  return `${why} Give the name or a web domain of the other record.`;
}

export function mergingWords(name: string): string {
  return `The two records are being merged. In a moment \`/partners show ${escapedTo(name, 100)}\` has it all.`;
}
