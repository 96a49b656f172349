import type { ViewOutput, ViewStateValue } from '@slack/bolt';
import type { z } from 'zod';
import { Refusal } from '../errors.ts';
import { parseJson } from '../platform/parse-json.ts';

/** What a button (its value) or a form (its metadata) of ours carries. Refuses `press-outdated` for what the schema does not read, as a button has
 *  that an earlier version of the program posted. */
export function carried<Carried>(schema: z.ZodType<Carried>, text: string | undefined): Carried {
  const { success, data } = schema.safeParse(parseJson(text ?? ''));
  if (!success) throw new Refusal('press-outdated');
  return data;
}

/** What a person filled in, by field: every input's `block_id` is the field it fills, up to a `#`. Empty inputs are absent. */
export function formValues(view: Pick<ViewOutput, 'state'>): Record<string, unknown> {
  const entries = Object.entries(view.state.values).map(([field, actions]) => {
    const [state] = Object.values(actions);
    return [nameOf(field), state ? stateValue(state) : undefined] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

/** Slack's `errors`: one sentence beside each wrong field; what was typed stays. */
export function formErrors(error: z.ZodError): Record<string, string> {
  const byField = error.issues.map((issue) => [String(issue.path[0] ?? ''), issue.message] as const);
  // The first problem of a field is the one to fix first.
  return Object.fromEntries(byField.toReversed());
}

/** The same sentences beside the fields as this form names them. */
export function errorsIn({ state }: Pick<ViewOutput, 'state'>, errors: Record<string, string>): Record<string, string> {
  const ids = new Map(Object.keys(state.values).map((id) => [nameOf(id), id]));
  return Object.fromEntries(Object.entries(errors).map(([field, words]) => [ids.get(field) ?? field, words]));
}

function nameOf(blockId: string): string {
  return blockId.split('#')[0] ?? blockId;
}

function stateValue(state: ViewStateValue): unknown {
  switch (state.type) {
    case 'static_select':
    case 'radio_buttons':
      return state.selected_option?.value;
    case 'checkboxes':
    case 'multi_static_select':
      return (state.selected_options ?? []).map(({ value }) => value);
    case 'users_select':
      return state.selected_user;
    case 'conversations_select':
      return state.selected_conversation;
    case 'datepicker':
      return state.selected_date;
    case 'file_input':
      return state.files;
    default:
      return state.value;
  }
}
