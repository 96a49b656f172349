import type { PlainTextOption } from '@slack/types';
import { choose, type ElementState, keep, recall, type Slot } from './form.ts';
import { h } from './h.ts';
import { currentChannel } from './open-channel.ts';
import { type AnySelect, type Choice, type SelectKind, selectKind } from './select-choices.ts';

type Multi = Extract<AnySelect, { type: `multi_${string}` }>;
type Single = Exclude<AnySelect, Multi>;

/** A browser's own select, so that keyboard and screen reader work as people know them. */
export function singleSelect(element: Single, slot: Slot): HTMLElement {
  const kind = selectKind(element, currentChannel());
  const stateOf = (choice: Choice | undefined): ElementState => ({ type: element.type, [kind.field]: choice?.pick ?? null });
  const chosen = chosenValues(recall(slot, stateOf(find(kind, kind.initial[0]))), kind.field)[0];
  const placeholder = h('option', { value: '', disabled: !slot.clearable }, element.placeholder?.text ?? 'Choose one');
  const select = h(
    'select',
    {
      'data-action-id': slot.actionId,
      'aria-labelledby': slot.labelId,
      'aria-label': slot.labelId ? null : (element.placeholder?.text ?? 'Choose one'),
    },
    placeholder,
    ...optionNodes(kind.choices),
  );
  select.value = find(kind, chosen)?.value ?? '';
  let before = select.value;
  select.addEventListener('change', async () => {
    const state = stateOf(find(kind, select.value));
    if (!select.value) return keep(slot, state);
    await choose(slot, state, element.confirm, () => {
      select.value = before;
    });
    before = select.value;
  });
  return select;
}

function find(kind: SelectKind, value: string | undefined): Choice | undefined {
  return kind.choices.find((choice) => choice.value === value);
}

/** The chosen values in an element state, whether it holds ids or options, one or many. */
function chosenValues(state: ElementState, field: string): string[] {
  // The field was written by this file: ids or options, alone or in a list, or null.
  const held = state[field] as null | string | PlainTextOption | (string | PlainTextOption)[];
  return (held === null ? [] : [held].flat()).map((one) => (typeof one === 'string' ? one : (one.value ?? '')));
}

function optionNodes(choices: Choice[]): HTMLElement[] {
  const groups = [...new Set(choices.map((choice) => choice.group))];
  return groups.flatMap((label) => {
    const members = choices.filter((choice) => choice.group === label);
    const options = members.map((choice) => h('option', { value: choice.value }, choice.label));
    return label === null ? options : [h('optgroup', { label }, ...options)];
  });
}

/** A list of check boxes behind a line that names what is chosen. */
export function multiSelect(element: Multi, slot: Slot): HTMLElement {
  const kind = selectKind(element, currentChannel());
  const stateOf = (values: string[]): ElementState => ({
    type: element.type,
    [kind.field]: kind.choices.filter((choice) => values.includes(choice.value)).map((choice) => choice.pick),
  });
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const start = chosenValues(recall(slot, stateOf(kind.initial)), kind.field);
  const boxes = kind.choices.map(({ value }) => h('input', { type: 'checkbox', value, checked: start.includes(value) }));
  const summary = h('summary', { 'aria-labelledby': slot.labelId });
  const placeholder = element.placeholder?.text ?? 'Choose any';
  const show = () => {
    const values = chosen();
    const names = kind.choices
      .filter((choice) => values.includes(choice.value))
      .map((choice) => h('span', { class: 'chip' }, choice.label));
    summary.replaceChildren(...(names.length ? names : [h('span', { class: 'placeholder' }, placeholder)]));
    const full = values.length >= (element.max_selected_items ?? Number.POSITIVE_INFINITY);
    for (const box of boxes) box.disabled = full && !box.checked;
  };
  let before = start;
  const onChange = async () => {
    show();
    await choose(slot, stateOf(chosen()), element.confirm, () => {
      for (const box of boxes) box.checked = before.includes(box.value);
      show();
    });
    before = chosen();
  };
  for (const box of boxes) box.addEventListener('change', onChange);
  show();
  return disclosure(slot, summary, groupedBoxes(kind.choices, boxes));
}

function groupedBoxes(choices: Choice[], boxes: HTMLInputElement[]): HTMLElement[] {
  return choices.flatMap((choice, index) => {
    const row = h('label', { class: 'choice' }, boxes[index], choice.label);
    const first = choice.group !== null && choices[index - 1]?.group !== choice.group;
    return first ? [h('p', { class: 'group-label' }, choice.group), row] : [row];
  });
}

function disclosure(slot: Slot, summary: HTMLElement, rows: HTMLElement[]): HTMLElement {
  const list = h('div', { class: 'multi-list', role: 'group', 'aria-labelledby': slot.labelId }, ...rows);
  const details = h('details', { class: 'multi', 'data-action-id': slot.actionId }, summary, list);
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    event.stopPropagation();
    event.preventDefault();
    details.open = false;
    summary.focus();
  });
  return details;
}
