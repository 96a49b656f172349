import type { SandboxView, ViewValues } from './contract.ts';
import { type Json, jsonOf, listOf, textOf } from './json.ts';

/** The field of an element's state that holds what was chosen or typed, and the property that pre-fills it. */
const STATE_FIELDS: Record<string, { field: string; initial: string; none: unknown }> = {
  plain_text_input: { field: 'value', initial: 'initial_value', none: null },
  email_text_input: { field: 'value', initial: 'initial_value', none: null },
  url_text_input: { field: 'value', initial: 'initial_value', none: null },
  number_input: { field: 'value', initial: 'initial_value', none: null },
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value', none: null },
  static_select: { field: 'selected_option', initial: 'initial_option', none: null },
  external_select: { field: 'selected_option', initial: 'initial_option', none: null },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', none: null },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', none: [] },
  multi_external_select: { field: 'selected_options', initial: 'initial_options', none: [] },
  checkboxes: { field: 'selected_options', initial: 'initial_options', none: [] },
  users_select: { field: 'selected_user', initial: 'initial_user', none: null },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', none: [] },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation', none: null },
  multi_conversations_select: { field: 'selected_conversations', initial: 'initial_conversations', none: [] },
  channels_select: { field: 'selected_channel', initial: 'initial_channel', none: null },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', none: [] },
  datepicker: { field: 'selected_date', initial: 'initial_date', none: null },
  timepicker: { field: 'selected_time', initial: 'initial_time', none: null },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time', none: null },
  file_input: { field: 'files', initial: '', none: [] },
};

export type ElementState = { type: string; field: string; value: unknown };

export function optionsOf(element: Json): Json[] {
  return [...listOf(element.options), ...listOf(element.option_groups).flatMap((group) => listOf(group.options))];
}

const byValue = (element: Json, value: unknown): Json => {
  const option = optionsOf(element).find((candidate) => candidate.value === value);
  if (!option && optionsOf(element).length > 0) throw new Error(`There is no option ${String(value)} in ${textOf(element.action_id)}.`);
  return option ?? { text: { type: 'plain_text', text: String(value) }, value };
};

/** Slack's state of an element that holds `choice`: text, an option's value, an id, a list of those, or the element's own start when undefined. */
export function stateOf(element: Json, choice?: unknown): Json {
  const type = textOf(element.type);
  const kind = STATE_FIELDS[type];
  if (!kind) throw new Error(`${type} holds no value.`);
  if (choice === undefined || choice === null)
    return { type, [kind.field]: choice === undefined ? (element[kind.initial] ?? kind.none) : kind.none };
  if (kind.field === 'selected_option') return { type, selected_option: byValue(element, choice) };
  if (kind.field === 'selected_options') return { type, selected_options: [choice].flat().map((value) => byValue(element, value)) };
  if (Array.isArray(kind.none)) return { type, [kind.field]: [choice].flat() };
  return { type, [kind.field]: choice };
}

/** `state.values` of a form filled in by block_id; fields left out keep what they start with. */
export function valuesOf(view: SandboxView, filled: Record<string, unknown> = {}): ViewValues {
  const inputs = listOf(view.blocks).filter(({ type }) => type === 'input');
  const strays = Object.keys(filled).filter((name) => !inputs.some(({ block_id }) => block_id === name));
  if (strays.length > 0)
    throw new Error(`This form has no ${strays.join(', ')}; it has ${inputs.map(({ block_id }) => block_id).join(', ')}.`);
  return Object.fromEntries(
    inputs.map((block) => {
      const element = jsonOf(block.element);
      return [textOf(block.block_id), { [textOf(element.action_id)]: stateOf(element, filled[textOf(block.block_id)]) }];
    }),
  );
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What Slack's own client refuses before the app hears of it: block_id → sentence. */
export function inputErrors(view: SandboxView, values: ViewValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of listOf(view.blocks).filter(({ type }) => type === 'input')) {
    const element = jsonOf(block.element);
    const state = jsonOf(values[textOf(block.block_id)]?.[textOf(element.action_id)]);
    const sentence = inputError(element, state[STATE_FIELDS[textOf(element.type)]?.field ?? ''], block.optional === true);
    if (sentence) errors[textOf(block.block_id)] = sentence;
  }
  return errors;
}

function inputError(element: Json, value: unknown, optional: boolean): string | null {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return optional ? null : 'Please complete this required field.';
  }
  if (typeof value !== 'string') return null;
  if (element.type === 'email_text_input' && !EMAIL.test(value)) return 'Please enter a valid email address.';
  if (element.type === 'url_text_input' && !URL.canParse(value)) return 'Please enter a valid URL.';
  if (element.type === 'number_input') return numberError(element, value);
  if (typeof element.max_length === 'number' && value.length > element.max_length) {
    return `Please use no more than ${element.max_length} characters.`;
  }
  if (typeof element.min_length === 'number' && value.length < element.min_length) {
    return `Please use at least ${element.min_length} characters.`;
  }
  return null;
}

function numberError(element: Json, value: string): string | null {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return 'Please enter a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Please enter a whole number.';
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Please enter a number of at least ${textOf(element.min_value)}.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Please enter a number of at most ${textOf(element.max_value)}.`;
  return null;
}
