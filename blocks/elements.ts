import type { ActionsBlock, Button, InputBlock, PlainTextElement, PlainTextOption, View } from '@slack/types';
import type { ActionId, ViewId } from './ids.ts';
import { LIMIT, section, shorten } from './mrkdwn.ts';

export function text(words: string, max: number = LIMIT.button): PlainTextElement {
  return { type: 'plain_text', text: shorten(words, max), emoji: false };
}

export function button(action: ActionId, label: string, value: string, more: Partial<Button> = {}): Button {
  return { type: 'button', action_id: action, text: text(label), value, ...more };
}

/** A row of buttons. `blockId` changes with the version of what it decides, so that an old click can be told from a new one. */
export function actions(blockId: string, ...elements: Button[]): ActionsBlock {
  return { type: 'actions', block_id: shorten(blockId, 255), elements };
}

export function option(value: string, label: string): PlainTextOption {
  return { text: text(label, LIMIT.option), value };
}

/** The id of a field that is filled anew for the `round`th time: Slack keeps what was typed where an id stays. */
export function fieldOf(field: string, round: number): string {
  return round === 0 ? field : `${field}#${round}`;
}

/** An input whose `block_id` is the field it fills (see `fieldOf`); its action is `value` (see `src/slack/form.ts`). */
export function input(
  field: string,
  label: string,
  element: InputBlock['element'],
  more: { hint?: string; optional?: boolean } = {},
): InputBlock {
  const { hint, optional = false } = more;
  return {
    type: 'input',
    block_id: field,
    label: text(label, 2000),
    element: { ...element, action_id: 'value' },
    optional,
    ...(hint ? { hint: text(hint, 2000) } : {}),
  };
}

export function textInput(
  field: string,
  label: string,
  initial: string,
  more: { multiline?: boolean; hint?: string; optional?: boolean; max?: number; placeholder?: string } = {},
): InputBlock {
  const { multiline = false, max = 3000, placeholder, hint, optional } = more;
  const element: InputBlock['element'] = {
    type: 'plain_text_input',
    multiline,
    max_length: max,
    ...(initial ? { initial_value: initial } : {}),
    ...(placeholder ? { placeholder: text(placeholder, 150) } : {}),
  };
  return input(field, label, element, { ...(hint ? { hint } : {}), ...(optional ? { optional } : {}) });
}

export type Modal = Extract<View, { type: 'modal' }>;

export function modal(
  title: string,
  blocks: Modal['blocks'],
  more: { id?: ViewId; submit?: string; close?: string; metadata?: string; tellsWhenClosed?: boolean } = {},
): Modal {
  return {
    type: 'modal',
    title: text(title, LIMIT.title),
    close: text(more.close ?? (more.submit ? 'Cancel' : 'Close'), LIMIT.title),
    blocks,
    ...(more.id ? { callback_id: more.id } : {}),
    ...(more.submit ? { submit: text(more.submit, LIMIT.title) } : {}),
    ...(more.metadata ? { private_metadata: more.metadata } : {}),
    ...(more.tellsWhenClosed ? { notify_on_close: true } : {}),
  };
}

/** Opened at once, before anything is looked up: a trigger lives three seconds. It holds nothing internal. */
export function loadingModal(title: string): Modal {
  return modal(title, [section('One moment…')]);
}

export function noticeModal(title: string, words: string): Modal {
  return modal(title, [section(words)]);
}
