import type { KnownBlock } from '@slack/types';
import { MOST_QUESTIONS, ownFieldsOf, questionsOf } from '../../src/manage/deal-rules/deal-questions.ts';
import { type DealRules, type ExtraField, FIELD_KINDS, MOST_FIELDS, OWN_FIELDS } from '../../src/manage/deal-rules/deal-rules.ts';
import { FIELD_WORDS } from '../../src/manage/deals/deal-words.ts';
import { PARTNER_TYPES, type PartnerType } from '../../src/programme/setup/programme.ts';
import { initial } from '../country-select.ts';
import { actions, button, input, type Modal, modal, option, text, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { divider, escaped, plain, section, shorten } from '../mrkdwn.ts';
import { PARTNERS_WORDS, TYPE_WORDS } from '../words.ts';

export const DEAL_FORM_TITLE = 'Deal form';

const KIND_WORDS: Record<ExtraField['kind'], string> = {
  text: 'Words',
  number: 'A number',
  date: 'A day',
  select: 'One of a list',
  country: 'A country',
  money: 'A sum of money',
};
const REQUIRED = [option('yes', 'Must be answered'), option('no', 'May stay empty')];

/** The workspace's own questions, and what each type of partner is asked. `saved`: something was just changed. */
export function dealFormPage({ extraFields, fields, rev }: DealRules, saved: boolean): Modal {
  const value = (fieldId: string | null) => JSON.stringify({ rev, fieldId });
  const about = `Everybody is asked for the customer and their website. With these, a form has ${MOST_QUESTIONS} questions at most, so that it takes less than a minute.`;
  const add = extraFields.length < MOST_FIELDS ? [actions(`deal-form:${rev}`, button(ACTIONS.fieldOpen, 'Add Question', value(null)))] : [];
  const none = 'You have no questions of your own yet.';
  return modal(DEAL_FORM_TITLE, [
    section(`${saved ? ':white_check_mark: Saved. ' : ''}${about}`),
    section(`*Your own questions*${extraFields.length === 0 ? `\n${none}` : ''}`),
    ...extraFields.map(
      (field): KnownBlock => ({
        ...section(`*${plain(field.label)}*\n${fieldWords(field)}`),
        accessory: button(ACTIONS.fieldOpen, 'Change', value(field.id), { accessibility_label: shorten(`Change: ${field.label}`, 75) }),
      }),
    ),
    ...add,
    divider,
    section('*What is asked of whom*'),
    ...PARTNER_TYPES.map((type): KnownBlock => {
      const labels = questionsOf({ extraFields, fields }, type).map((one) =>
        one.kind === 'own' ? FIELD_WORDS[one.name].label : one.field.label,
      );
      return {
        ...section(`*${TYPE_WORDS[type]}* · ${labels.length} of ${MOST_QUESTIONS}\n${escaped(labels.join(' · '))}`),
        accessory: button(ACTIONS.fieldAsked, 'Choose', JSON.stringify({ rev, type }), {
          accessibility_label: `Choose what is asked: ${TYPE_WORDS[type]}`,
        }),
      };
    }),
  ]);
}

function fieldWords({ kind, options, required, types }: ExtraField): string {
  const list = kind === 'select' ? `: ${options.join(', ')}` : '';
  const whom = types.length === 0 ? 'everybody' : types.map((type) => PARTNERS_WORDS[type]).join(', ');
  return escaped(shorten(`${KIND_WORDS[kind]}${list} · ${required ? 'must be answered' : 'may stay empty'} · asked of ${whom}`, 1000));
}

/** One question, new where `fieldId` is null. */
export function fieldForm({ extraFields, fields, rev }: DealRules, fieldId: string | null): Modal {
  const index = extraFields.findIndex(({ id }) => id === fieldId);
  const field = extraFields[index];
  const value = JSON.stringify({ rev, fieldId: field ? field.id : null });
  const kinds = FIELD_KINDS.map((kind) => option(kind, KIND_WORDS[kind]));
  const types = PARTNER_TYPES.map((type) => option(type, TYPE_WORDS[type]));
  const chosen = types.filter((one) => field?.types.some((type) => type === one.value));
  const full = PARTNER_TYPES.filter((type) => questionsOf({ extraFields, fields }, type).length >= MOST_QUESTIONS);
  return modal(
    field ? 'Change question' : 'Add question',
    [
      ...(field || full.length === 0 ? [] : [section(fullWords(full))]),
      textInput('label', 'Question', field?.label ?? '', { max: 100, hint: 'Partners read this.' }),
      input('kind', 'The answer is', { type: 'static_select', options: kinds, ...initial(kinds, field?.kind ?? 'text') }),
      textInput('options', 'The list', field?.options.join('\n') ?? '', {
        multiline: true,
        optional: true,
        hint: 'Only for one of a list: each answer on a line of its own.',
      }),
      input('required', 'Answering', { type: 'radio_buttons', options: REQUIRED, ...initial(REQUIRED, field?.required ? 'yes' : 'no') }),
      input(
        'types',
        'Asked of',
        {
          type: 'multi_static_select',
          options: types,
          placeholder: text('Everybody', 150),
          ...(chosen.length > 0 ? { initial_options: chosen } : {}),
        },
        { optional: true, hint: `Nothing chosen means everybody. A form has at most ${MOST_QUESTIONS} questions.` },
      ),
      ...(field ? [actions(`field-place:${rev}`, ...placeButtons(index, extraFields.length, value))] : []),
    ],
    { id: VIEWS.dealField, submit: 'Save', metadata: value },
  );
}

/** Before anything is filled in: for whom there is no room. */
function fullWords(full: readonly PartnerType[]): string {
  const whom = full.length === PARTNER_TYPES.length ? 'every type' : full.map((type) => PARTNERS_WORDS[type]).join(', ');
  return `:information_source: The form has its ${MOST_QUESTIONS} questions for ${whom}. Go back and press *Choose* to take one away there first, the note for example.`;
}

function placeButtons(index: number, fields: number, value: string) {
  return [
    ...(index > 0 ? [button(ACTIONS.fieldUp, 'Move Up', value)] : []),
    ...(index < fields - 1 ? [button(ACTIONS.fieldDown, 'Move Down', value)] : []),
    button(ACTIONS.fieldRemove, 'Remove Question', value, {
      style: 'danger',
      confirm: {
        title: text('Remove this question?', 100),
        text: text('It is asked no more. Answers that were given stay with their deals.', 300),
        confirm: text('Remove', 30),
        deny: text('Keep', 30),
      },
    }),
  ];
}

/** Which of the form's own questions one type is asked. */
export function askedForm({ fields, rev }: DealRules, type: PartnerType): Modal {
  const options = OWN_FIELDS.map((name) => option(name, FIELD_WORDS[name].label));
  const asked: readonly string[] = ownFieldsOf({ fields }, type);
  const chosen = options.filter(({ value = '' }) => asked.includes(value));
  return modal(
    shorten(TYPE_WORDS[type], 24),
    [
      section(`What ${PARTNERS_WORDS[type]} are asked beside the customer and their website.`),
      input(
        'fields',
        'Ask for',
        { type: 'checkboxes', options, ...(chosen.length > 0 ? { initial_options: chosen } : {}) },
        { optional: true, hint: `With your own questions, a form has at most ${MOST_QUESTIONS}.` },
      ),
    ],
    { id: VIEWS.dealAsked, submit: 'Save', metadata: JSON.stringify({ rev, type }) },
  );
}

/** Said beside the field: which types would be asked too much, and what to do. */
export function crowdedWords(crowded: readonly { type: PartnerType; count: number }[]): string {
  const [first] = crowded;
  if (!first) return '';
  const others = crowded.length > 1 ? `, and ${crowded.length - 1} more types too many as well` : '';
  const whom = PARTNERS_WORDS[first.type];
  return `That makes ${first.count} questions for ${whom}${others}, and ${MOST_QUESTIONS} is the most. Take a question away from ${crowded.length > 1 ? 'each of them' : whom} first, or choose other types.`;
}
