import type { InputBlock } from '@slack/types';
import { renderElement } from './elements.ts';
import type { Form } from './form.ts';
import { h, setAttribute } from './h.ts';
import { textNodes } from './mrkdwn.ts';

let labels = 0;

/** A labelled input with room for a hint and for the error that belongs to it. */
export function inputBlock(block: InputBlock, blockId: string, form: Form): HTMLElement {
  const labelId = `label-${labels++}`;
  const { element } = block;
  const slot = {
    form,
    blockId,
    actionId: element.action_id ?? '',
    dispatches: block.dispatch_action === true,
    labelId,
    clearable: block.optional === true,
  };
  const control = renderElement(element, slot);
  const label = h('span', { id: labelId }, textNodes(block.label), block.optional && h('span', { class: 'optional' }, ' (optional)'));
  const target = fieldOf(control);
  label.addEventListener('click', () => target.focus());
  if ('focus_on_load' in element && element.focus_on_load) target.dataset.focusOnLoad = '';
  return h(
    'div',
    {},
    h('div', { class: 'label' }, label),
    control,
    block.hint && h('p', { class: 'hint' }, textNodes(block.hint)),
    h('p', { class: 'field-error', id: `${labelId}-error`, 'data-testid': 'field-error' }),
  );
}

function fieldOf(control: HTMLElement): HTMLElement {
  const fields = 'input, textarea, select, summary';
  return control.matches(fields) ? control : (control.querySelector<HTMLElement>(fields) ?? control);
}

/** Puts errors beside their fields and takes old ones away. Returns the sentences whose block is not on the screen. */
export function showFieldErrors(root: HTMLElement, errors: Record<string, string>): string[] {
  const shown = new Set<string>();
  for (const block of root.querySelectorAll<HTMLElement>('.block-input')) {
    const blockId = block.dataset.blockId ?? '';
    const sentence = errors[blockId] ?? '';
    const place = block.querySelector<HTMLElement>('[data-testid="field-error"]');
    if (place) place.textContent = sentence;
    if (sentence) shown.add(blockId);
    const field = fieldOf(block);
    setAttribute(field, 'aria-invalid', sentence ? 'true' : null);
    setAttribute(field, 'aria-describedby', sentence ? place?.id : null);
  }
  root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  return Object.entries(errors).flatMap(([blockId, sentence]) => (shown.has(blockId) ? [] : [sentence]));
}
