import type { KnownBlock } from '@slack/types';
import type { Proposal } from '../../src/discover/website/propose-company.ts';
import {
  LARGEST,
  type OwnCompany,
  PARTNER_TYPES,
  type Programme,
  SETUP_STEPS,
  type SetupStep,
} from '../../src/programme/setup/programme.ts';
import { readingBlocks } from '../discover/reading.ts';
import { input, type Modal, modal, option, text, textInput } from '../elements.ts';
import { VIEWS } from '../ids.ts';
import { context, escaped, moment, section } from '../mrkdwn.ts';
import { STEP_WORDS, TYPE_WORDS, WEEKDAYS } from '../words.ts';
import { proposalBlocks } from './website-form.ts';

/** One step of set-up with what is saved so far, and what was understood of the company after its step; `timeZone` is the person's own, offered
 *  when none is chosen. Where nothing is saved of the company, its website's proposal stands in the fields. */
export function setupForm(step: SetupStep, programme: Programme, timeZone: string, proposal: Proposal | null = null): Modal {
  const position = `Step ${SETUP_STEPS.indexOf(step) + 1} of ${SETUP_STEPS.length} · every step is saved by itself; close whenever you like.`;
  const last = SETUP_STEPS.at(-1) === step;
  const read = step === 'leaveOut' ? readingBlocks(programme, 'setup') : proposal ? proposalBlocks(proposal) : [];
  return modal(
    STEP_WORDS[step].title,
    [context(position), ...read, ...inputs(step, programme, timeZone, proposal).map((block) => ownAction(step, block))],
    {
      id: VIEWS.setup,
      submit: last ? 'Save' : 'Save and Continue',
      close: 'Close',
      metadata: JSON.stringify({ step }),
    },
  );
}

/** `looksFirst`: the first companies are looked for on the web now, and the first digest follows. */
export function setupDone(programme: Programme, gaps: SetupStep[], looksFirst = false): Modal {
  const next =
    programme.nextDigestAt && !looksFirst
      ? ` The first digest comes ${moment(programme.nextDigestAt)}; \`/partners digest\` posts one now.`
      : '';
  const companies = 'Bring candidate companies with `/partners import`.';
  const looking = `I look for the first companies on the web now and post the first digest when I have some, within the hour. ${companies} *Pause* stands on my Home tab.`;
  const missing = gaps.map((gap) => `• ${STEP_WORDS[gap].missing}`).join('\n');
  return modal('Set-up', [
    section(gaps.length === 0 ? `:white_check_mark: Everything is set.${next}` : `Saved. Still missing:\n${missing}`),
    section(looksFirst ? looking : companies),
  ]);
}

/** Slack keeps what was typed where a view is replaced and both ids stay the same, and two steps ask for a name: each step's
 *  inputs therefore have an action of their own. */
function ownAction(step: SetupStep, block: KnownBlock): KnownBlock {
  return block.type === 'input' ? { ...block, element: { ...block.element, action_id: step } } : block;
}

function inputs(step: SetupStep, programme: Programme, timeZone: string, proposal: Proposal | null): KnownBlock[] {
  if (step === 'company') return companyInputs(programme.company ?? (proposal && { ...proposal, partnerTypes: [] }));
  if (step === 'leaveOut') return leaveOutInputs(programme.leaveOut);
  if (step === 'digest') return digestInputs(programme.digest, timeZone);
  return senderInputs(programme.sender);
}

function companyInputs(company: OwnCompany | null): KnownBlock[] {
  const types = PARTNER_TYPES.map((type) => option(type, TYPE_WORDS[type]));
  const chosen = types.filter(({ value }) => company?.partnerTypes.some((type) => type === value));
  return [
    textInput('name', 'Company name', company?.name ?? '', { max: 100 }),
    textInput('website', 'Website', company?.website ?? '', { max: 200, placeholder: 'example.com' }),
    textInput('sells', 'What do you sell?', company?.sells ?? '', {
      multiline: true,
      max: 1000,
      hint: 'A sentence or two. The fit score reads it.',
    }),
    textInput('customers', 'Who buys it?', company?.customers ?? '', {
      multiline: true,
      max: 1000,
      hint: 'Industries, company sizes, roles. The fit score reads it.',
    }),
    textInput('regions', 'Where do you sell?', company?.regions ?? '', { max: 300, placeholder: 'Germany, Austria, Switzerland' }),
    input('partnerTypes', 'Which partners do you want?', {
      type: 'checkboxes',
      options: types,
      ...(chosen.length > 0 ? { initial_options: chosen } : {}),
    }),
  ];
}

function leaveOutInputs({ competitors, customers, existing, largest }: Programme['leaveOut']): KnownBlock[] {
  const list = (field: string, label: string, names: string[]) =>
    textInput(field, label, names.join('\n'), {
      multiline: true,
      optional: true,
      hint: 'Web domains such as example.com, or exact names, one a line.',
    });
  return [
    section('These are never suggested and never written to.'),
    list('competitors', 'Competitors', competitors),
    list('customers', 'Customers', customers),
    list('existing', 'Partners you have already', existing),
    input(
      'largest',
      'Largest company to write to (people)',
      {
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: '10',
        max_value: '10000000',
        initial_value: String(largest ?? LARGEST),
      },
      { hint: 'Larger ones rarely answer a first mail. They are kept apart, not deleted.' },
    ),
  ];
}

function digestInputs(digest: Programme['digest'], timeZone: string): KnownBlock[] {
  const hours = Array.from({ length: 24 }, (_, hour) => option(String(hour), `${String(hour).padStart(2, '0')}:00`));
  const days = WEEKDAYS.map((day, index) => option(String(index + 1), day));
  const weekdays = digest?.weekdays ?? [1, 2, 3, 4, 5];
  const chosenZone = digest?.timeZone ?? timeZone;
  const zone = option(chosenZone, chosenZone);
  const channel = digest ? { initial_conversation: digest.channel } : {};
  return [
    input(
      'channel',
      'Team channel',
      {
        type: 'conversations_select',
        filter: { include: ['public', 'private'], exclude_external_shared_channels: true, exclude_bot_users: true },
        ...channel,
      },
      { hint: 'Only people of your company may be in it. Invite me there first.' },
    ),
    input('hour', 'Hour', { type: 'static_select', options: hours, initial_option: hours[digest?.hour ?? 8] ?? option('8', '08:00') }),
    input('timeZone', 'Time zone', { type: 'static_select', option_groups: timeZoneGroups(chosenZone), initial_option: zone }),
    input('weekdays', 'Working days', {
      type: 'checkboxes',
      options: days,
      initial_options: days.filter(({ value }) => weekdays.includes(Number(value))),
    }),
    input('count', 'How many companies a day', {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: '1',
      max_value: '10',
      initial_value: String(digest?.count ?? 5),
    }),
  ];
}

function senderInputs(sender: Programme['sender']): KnownBlock[] {
  const address = { type: 'email_text_input', ...(sender ? { initial_value: sender.address } : {}) } as const;
  return [
    textInput('name', 'Sender’s name', sender?.name ?? '', { max: 100 }),
    input(
      'address',
      'Sender’s e-mail address',
      { ...address, placeholder: text('you@example.com') },
      { hint: 'Your mail server must allow it.' },
    ),
    textInput('postalAddress', 'Postal address', sender?.postalAddress ?? '', {
      multiline: true,
      max: 300,
      hint: 'Stands at the end of every message: the law asks for it.',
    }),
  ];
}

/** All zones in groups of at most 100 options, as Slack demands; `always` is offered even if this machine does not list it. */
function timeZoneGroups(always: string) {
  const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', always])].sort();
  const regions = new Map<string, string[]>();
  for (const zone of zones) {
    const region = zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'Other';
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [...regions].flatMap(([region, members]) => {
    const pages = Array.from({ length: Math.ceil(members.length / 100) }, (_, page) => members.slice(page * 100, page * 100 + 100));
    return pages.map((page, index) => ({
      label: text(pages.length > 1 ? `${region} ${index + 1}` : region),
      options: page.map((zone) => option(zone, zone)),
    }));
  });
}

export function settingsSummary({ company, digest, sender }: Programme): string {
  return [
    company ? `*${escaped(company.name)}* looks for: ${company.partnerTypes.map((type) => TYPE_WORDS[type].toLowerCase()).join(', ')}` : '',
    digest ? `${digest.count} a day at ${String(digest.hour).padStart(2, '0')}:00 (${digest.timeZone}) in <#${digest.channel}>` : '',
    sender ? `Outreach comes from ${escaped(sender.name)}` : '',
  ]
    .filter(Boolean)
    .join('\n');
}
