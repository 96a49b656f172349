import type { ConfirmationDialog } from '@slack/types';
import type { SandboxAction, ViewValues } from '../contract.ts';
import { clearErrors, showError } from './announce.ts';
import { send } from './client.ts';
import { confirmed } from './confirm.ts';

export type ElementState = { type: string } & Record<string, unknown>;

/** What was typed and chosen in one message or view. It outlives the drawn elements, so that a redraw loses nothing. */
export type Form = { from: SandboxAction['from']; values: ViewValues };

/** The place of one interactive element: where its state is kept and how a click is told to the app. */
export type Slot = {
  form: Form;
  blockId: string;
  actionId: string;
  /** A change is sent at once; false for inputs of a form that is submitted as a whole. */
  dispatches: boolean;
  /** Id of the visible label, when there is one. */
  labelId: string | null;
  /** A choice may be taken back to nothing. */
  clearable: boolean;
};

const forms = new Map<string, Form>();

/** The form of a message or a view; the same one for as long as the page lives. */
export function formOf(from: SandboxAction['from']): Form {
  const key = from.kind === 'view' ? from.viewId : `${from.channel}:${from.ts}`;
  const form = forms.get(key) ?? { from, values: {} };
  forms.set(key, form);
  return form;
}

/** What the slot held before the element was redrawn, or `initial`, which is then its state. */
export function recall<State extends ElementState>({ form, blockId, actionId }: Slot, initial: State): State {
  const kept = form.values[blockId]?.[actionId];
  // A kept state of the same type was written by the same kind of element, so it has the same fields.
  const known = kept?.type === initial.type ? (kept as State) : initial;
  keep({ form, blockId, actionId }, known);
  return known;
}

export function keep({ form, blockId, actionId }: Pick<Slot, 'form' | 'blockId' | 'actionId'>, state: ElementState): void {
  form.values[blockId] = { ...form.values[blockId], [actionId]: state };
}

/** Tells the app, after the element's own confirmation. False when the person thought better of it. */
export async function act(slot: Slot, element: ElementState, confirm?: ConfirmationDialog): Promise<boolean> {
  if (confirm && !(await confirmed(confirm))) return false;
  const action: SandboxAction = {
    blockId: slot.blockId,
    element: { ...element, action_id: slot.actionId },
    from: slot.form.from,
    values: slot.form.values,
  };
  const answer = await send('action', { action });
  if (answer.ok) clearErrors();
  else showError(answer.error ?? 'That did not work. Try again.');
  return true;
}

/** Keeps a new choice and, where changes are sent at once, sends it. `undo` draws the old choice after a refused confirmation. */
export async function choose(slot: Slot, state: ElementState, confirm: ConfirmationDialog | undefined, undo: () => void): Promise<void> {
  const before = slot.form.values[slot.blockId]?.[slot.actionId];
  keep(slot, state);
  if (!slot.dispatches || (await act(slot, state, confirm))) return;
  if (before) keep(slot, { type: state.type, ...before });
  undo();
}
