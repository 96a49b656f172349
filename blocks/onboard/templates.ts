import type { KnownBlock } from '@slack/types';
import { EVIDENCE, SIDES, type Side, type Step } from '../../src/onboard/checklists/step.ts';
import { MOST_STEPS, type Template } from '../../src/onboard/checklists/template.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import { actions, button, input, type Modal, modal, option, text, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, escaped, plain, section, shorten } from '../mrkdwn.ts';
import { count, PARTNERS_WORDS, TYPE_WORDS } from '../words.ts';
import { EVIDENCE_WORDS } from './checklist-words.ts';

export const TEMPLATES_TITLE = 'Checklist templates';
const SIDE_WORDS: Record<Side, string> = { ours: 'Your team', theirs: 'The partner' };

/** Every type of partner, and the way to its steps. */
export function templatesOverview(templates: readonly Template[]): Modal {
  const rows = templates.map(
    ({ type, steps, rev }): KnownBlock => ({
      ...section(`*${TYPE_WORDS[type]}* · ${count(steps.length, 'step')}${rev > 0 ? '' : ' · as they come with the product'}`),
      accessory: button(ACTIONS.templateOpen, 'Open', type, { accessibility_label: `Steps of ${TYPE_WORDS[type]}` }),
    }),
  );
  const about =
    'What a new partner and your team go through until the first registration. A partner of several types goes through each step once.';
  return modal(TEMPLATES_TITLE, [section(about), ...rows]);
}

/** Names a step of a template as it was read. */
type StepPlace = { type: PartnerType; rev: number; stepId: string | null };

/** The steps of one type, each with the way to change it. `saved`: something was just changed. `running`: checklists of this type that run and
 *  have other steps. */
export function templatePage({ type, steps, rev }: Template, running: number, saved: boolean): Modal {
  const value = (stepId: string | null) => JSON.stringify({ type, rev, stepId } satisfies StepPlace);
  const add = steps.length < MOST_STEPS ? [button(ACTIONS.templateStep, 'Add Step', value(null))] : [];
  const has = running === 1 ? 'has' : 'have';
  return modal(TEMPLATES_TITLE, [
    section(`${saved ? ':white_check_mark: Saved. ' : ''}*${TYPE_WORDS[type]}* · ${count(steps.length, 'step')}`),
    ...steps.map(
      (step): KnownBlock => ({
        ...section(`*${plain(step.title)}*\n${stepWords(step, steps)}`),
        accessory: button(ACTIONS.templateStep, 'Change', value(step.id), { accessibility_label: shorten(`Change: ${step.title}`, 75) }),
      }),
    ),
    ...(running > 0
      ? [
          section(
            `${count(running, 'running checklist')} of ${PARTNERS_WORDS[type]} ${has} the steps as they were. Shall they follow? What is done stays, what is open follows, new steps are added.`,
          ),
        ]
      : []),
    actions(
      `template:${type}:${rev}:${running}`,
      ...add,
      ...(running > 0 ? [button(ACTIONS.templateFollow, 'Let Running Ones Follow', type)] : []),
      button(ACTIONS.templateAll, 'All Types', 'all'),
    ),
  ]);
}

function stepWords({ side, dueDays, evidence, dependsOn }: Step, steps: readonly Step[]): string {
  const before = steps.filter(({ id }) => dependsOn.includes(id)).map(({ title }) => title);
  const since = before.length > 0 ? `after: ${before.join(', ')}` : 'from the start';
  return escaped(`${SIDE_WORDS[side]} · ${count(dueDays, 'working day')} ${since} · ${EVIDENCE_WORDS[evidence]}`);
}

/** One step, new where `stepId` is null. */
export function stepForm({ type, steps, rev }: Template, stepId: string | null): Modal {
  const index = steps.findIndex(({ id }) => id === stepId);
  const step = steps[index];
  const value = JSON.stringify({ type, rev, stepId } satisfies StepPlace);
  const sides = SIDES.map((side) => option(side, SIDE_WORDS[side]));
  const kinds = EVIDENCE.map((kind) => option(kind, EVIDENCE_WORDS[kind]));
  const [side, kind] = [
    sides.find((one) => one.value === step?.side) ?? sides[0],
    kinds.find((one) => one.value === step?.evidence) ?? kinds[0],
  ];
  return modal(
    step ? 'Change step' : 'Add step',
    [
      textInput('title', 'What is to be done', step?.title ?? '', { max: 120, hint: 'The partner reads this too.' }),
      input('side', 'By whom', { type: 'radio_buttons', options: sides, ...(side ? { initial_option: side } : {}) }),
      input(
        'dueDays',
        'Working days',
        { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '250', initial_value: String(step?.dueDays ?? 5) },
        { hint: 'From the start, or from when the steps it waits for are done.' },
      ),
      input('evidence', 'What shows that it is done', { type: 'static_select', options: kinds, ...(kind ? { initial_option: kind } : {}) }),
      ...waitsForInput(
        steps.filter(({ id }) => id !== stepId),
        step?.dependsOn ?? [],
      ),
      ...(step ? [actions(`step-place:${rev}`, ...placeButtons(index, steps.length, value))] : []),
    ],
    { id: VIEWS.templateStep, submit: 'Save', metadata: value },
  );
}

function waitsForInput(others: readonly Step[], chosen: readonly string[]): KnownBlock[] {
  if (others.length === 0) return [];
  const options = others.map(({ id, title }) => option(id, title));
  const initial = options.filter(({ value = '' }) => chosen.includes(value));
  const element = {
    type: 'multi_static_select',
    options,
    placeholder: text('Nothing', 150),
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  } as const;
  return [input('dependsOn', 'What it waits for', element, { optional: true })];
}

function placeButtons(index: number, steps: number, value: string) {
  return [
    ...(index > 0 ? [button(ACTIONS.templateUp, 'Move Up', value)] : []),
    ...(index < steps - 1 ? [button(ACTIONS.templateDown, 'Move Down', value)] : []),
    button(ACTIONS.templateRemove, 'Remove Step', value, {
      style: 'danger',
      confirm: {
        title: text('Remove this step?', 100),
        text: text('Checklists that run keep it until you let them follow.', 300),
        confirm: text('Remove', 30),
        deny: text('Keep', 30),
      },
    }),
  ];
}

/** Said after the button: a job does it. */
export function followingModal(running: number): Modal {
  return modal(TEMPLATES_TITLE, [
    section(`${count(running, 'checklist')} will follow within a minute. Each shows its steps in the partner’s channel.`),
    context('`/partners templates` brings you back.'),
  ]);
}

/** Said beside the field, which holds so much. */
export function waitsInCircle(steps: string): string {
  return shorten(`These would wait for each other: ${steps}`, 300);
}
