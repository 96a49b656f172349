import type { Checkboxes, Option, RadioButtons } from '@slack/types';
import { choose, recall, type Slot } from './form.ts';
import { h } from './h.ts';
import { textNodes } from './mrkdwn.ts';

export function checkboxes(element: Checkboxes, slot: Slot): HTMLElement {
  const start = recall(slot, { type: element.type, selected_options: element.initial_options ?? [] }).selected_options;
  const boxes = element.options.map((option) => h('input', { type: 'checkbox', value: option.value, checked: has(start, option) }));
  let before = start;
  const onChange = async () => {
    const chosen = element.options.filter((_, index) => boxes[index]?.checked);
    const back = before;
    before = chosen;
    await choose(slot, { type: element.type, selected_options: chosen }, element.confirm, () => {
      before = back;
      boxes.forEach((box, index) => {
        box.checked = has(back, element.options[index]);
      });
    });
  };
  for (const box of boxes) box.addEventListener('change', onChange);
  return group('group', element.options, boxes, slot);
}

let groups = 0;

export function radioButtons(element: RadioButtons, slot: Slot): HTMLElement {
  const initial: { type: 'radio_buttons'; selected_option: Option | null } = {
    type: element.type,
    selected_option: element.initial_option ?? null,
  };
  let before = recall(slot, initial).selected_option;
  const name = `radio-${groups++}`;
  const buttons = element.options.map((option) =>
    h('input', { type: 'radio', name, value: option.value, checked: option.value === before?.value }),
  );
  buttons.forEach((button, index) => {
    button.addEventListener('change', async () => {
      const back = before;
      before = element.options[index] ?? null;
      await choose(slot, { type: element.type, selected_option: before }, element.confirm, () => {
        before = back;
        for (const other of buttons) other.checked = other.value === back?.value;
      });
    });
  });
  return group('radiogroup', element.options, buttons, slot);
}

function has(chosen: Option[], option: Option | undefined): boolean {
  return chosen.some(({ value }) => value === option?.value);
}

function group(role: 'group' | 'radiogroup', options: Option[], inputs: HTMLInputElement[], slot: Slot): HTMLElement {
  const rows = options.map((option, index) => {
    const description = option.description && h('small', {}, textNodes(option.description));
    return h('label', { class: 'choice' }, inputs[index], h('span', {}, textNodes(option.text), description));
  });
  return h('div', { class: 'choices', role, 'aria-labelledby': slot.labelId, 'data-action-id': slot.actionId }, ...rows);
}
