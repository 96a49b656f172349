import type { EmailInput, NumberInput, PlainTextInput, RichTextBlock, RichTextInput, URLInput } from '@slack/types';
import { act, type ElementState, keep, recall, type Slot } from './form.ts';
import { h } from './h.ts';

type TextInput = PlainTextInput | EmailInput | URLInput | NumberInput;

const KEYBOARD = { plain_text_input: 'text', email_text_input: 'email', url_text_input: 'url', number_input: 'decimal' } as const;

/** Every input that holds text. Lengths are checked when the form is sent, so that a long paste is never cut unseen. */
export function textInput(element: TextInput, slot: Slot): HTMLElement {
  const initial: { type: TextInput['type']; value: string | null } = { type: element.type, value: element.initial_value || null };
  const multiline = element.type === 'plain_text_input' && element.multiline;
  const attributes = { 'data-action-id': slot.actionId, 'aria-labelledby': slot.labelId, placeholder: element.placeholder?.text };
  const input = multiline
    ? h('textarea', { ...attributes, rows: 5 })
    : h('input', { ...attributes, type: 'text', inputmode: KEYBOARD[element.type], autocomplete: 'off' });
  input.value = recall(slot, initial).value ?? '';
  const stateNow = (): ElementState => ({ type: element.type, value: input.value || null });
  const limit = element.type === 'plain_text_input' ? element.max_length : undefined;
  const counter = limit ? h('span', { class: 'counter', 'aria-hidden': 'true' }) : null;
  const count = () => {
    if (counter && limit) counter.textContent = input.value.length > limit * 0.8 ? `${limit - input.value.length} left` : '';
  };
  input.addEventListener('input', () => {
    keep(slot, stateNow());
    count();
  });
  if (slot.dispatches) dispatchWhileTyping(input, element, slot, stateNow);
  count();
  return h('div', { class: 'text-field' }, input, counter);
}

/** Source: Slack, dispatch_action_config: on Enter unless told to send every character. */
function dispatchWhileTyping(
  input: HTMLInputElement | HTMLTextAreaElement,
  element: TextInput,
  slot: Slot,
  stateNow: () => ElementState,
): void {
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  if (triggers.includes('on_character_entered')) input.addEventListener('input', () => void act(slot, stateNow()));
  if (!triggers.includes('on_enter_pressed')) return;
  input.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    void act(slot, stateNow());
  });
}

/** Rich text is typed as plain text here; the app receives it as one section. */
export function richTextInput(element: RichTextInput, slot: Slot): HTMLElement {
  const initial: { type: 'rich_text_input'; rich_text_value: RichTextBlock | null } = {
    type: element.type,
    rich_text_value: element.initial_value ?? null,
  };
  const input = h('textarea', {
    'data-action-id': slot.actionId,
    'aria-labelledby': slot.labelId,
    placeholder: element.placeholder?.text,
    rows: 5,
  });
  input.value = plainTextOf(recall(slot, initial).rich_text_value);
  input.addEventListener('input', () => {
    const value = input.value && {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: input.value }] }],
    };
    keep(slot, { type: element.type, rich_text_value: value || null });
  });
  return input;
}

function plainTextOf(block: RichTextBlock | null): string {
  const sections = (block?.elements ?? []).flatMap((part) => (part.type === 'rich_text_section' ? [part.elements] : []));
  return sections.map((elements) => elements.map((element) => ('text' in element ? (element.text ?? '') : '')).join('')).join('\n');
}
