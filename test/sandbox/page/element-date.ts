import type { Datepicker, DateTimepicker, Timepicker } from '@slack/types';
import { choose, type ElementState, recall, type Slot } from './form.ts';
import { h } from './h.ts';

type Picker = Datepicker | Timepicker | DateTimepicker;

/** The three pickers as the browser's own; a date and time is shown in the reader's zone and sent in Unix seconds. */
export function datePicker(element: Picker, slot: Slot): HTMLElement {
  const { inputType, field, initial } = kindOf(element);
  const held = recall(slot, stateOf(element, field, initial))[field];
  const label = 'placeholder' in element ? element.placeholder?.text : undefined;
  const input = h('input', {
    type: inputType,
    'data-action-id': slot.actionId,
    'aria-labelledby': slot.labelId,
    'aria-label': label,
    title: label,
  });
  input.value = typeof held === 'number' ? localMinutes(held) : typeof held === 'string' ? held : '';
  let before = input.value;
  input.addEventListener('change', async () => {
    const value = input.value || null;
    const state = stateOf(element, field, value !== null && element.type === 'datetimepicker' ? new Date(value).getTime() / 1000 : value);
    await choose(slot, state, element.confirm, () => {
      input.value = before;
    });
    before = input.value;
  });
  return input;
}

function kindOf(element: Picker): { inputType: string; field: string; initial: string | number | null } {
  if (element.type === 'datepicker') return { inputType: 'date', field: 'selected_date', initial: element.initial_date ?? null };
  if (element.type === 'timepicker') return { inputType: 'time', field: 'selected_time', initial: element.initial_time ?? null };
  return { inputType: 'datetime-local', field: 'selected_date_time', initial: element.initial_date_time ?? null };
}

function stateOf(element: Picker, field: string, value: string | number | null): ElementState {
  const zone = element.type === 'timepicker' && element.timezone ? { timezone: element.timezone } : {};
  return { type: element.type, ...zone, [field]: value };
}

function localMinutes(seconds: number): string {
  const at = new Date(seconds * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
