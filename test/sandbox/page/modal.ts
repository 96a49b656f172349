import type { ModalView } from '@slack/types';
import type { SandboxView } from '../contract.ts';
import { showFieldErrors } from './block-input.ts';
import { blockIdOf, renderBlocks } from './blocks.ts';
import { send } from './client.ts';
import { checkFields } from './field-checks.ts';
import { type Form, formOf } from './form.ts';
import { h, setAttribute } from './h.ts';

type ModalShape = ModalView & Pick<SandboxView, 'id' | 'hash'>;

export type Modal = {
  dialog: HTMLDialogElement;
  /** Draws a new version of the view; what was typed stays where block and action id stay. */
  fill(view: SandboxView): void;
};

/** One view of the stack. Escape, ✕ and the close button all tell the app, as Slack does. */
export function createModal(viewId: string): Modal {
  const { title, problems, body, submit, cancel, dismiss, form, dialog } = modalParts(viewId);
  const state = formOf({ kind: 'view', viewId });
  let view: ModalShape | null = null;

  const close = () => void send('close', { viewId });
  cancel.addEventListener('click', close);
  dismiss.addEventListener('click', close);
  closeOnEscape(dialog, close);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (view?.submit && !submit.disabled) void sendForm(view, { form, body, problems, submit, state });
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  return {
    dialog,
    fill(next) {
      if (next.type !== 'modal') return;
      if (view?.hash === next.hash && JSON.stringify(view.blocks) === JSON.stringify(next.blocks)) return redraw(body, next, state);
      const nextStep = view !== null && view.title.text !== next.title.text;
      const idle = ![...body.querySelectorAll('*'), cancel, dismiss].some((node) => node === document.activeElement);
      view = next;
      title.textContent = next.title.text;
      cancel.textContent = next.close?.text ?? (next.submit ? 'Cancel' : 'Close');
      submit.textContent = next.submit?.text ?? '';
      submit.hidden = !next.submit;
      problems.replaceChildren();
      showFieldErrors(body, {});
      redraw(body, next, state);
      if (nextStep && idle) body.scrollTop = 0;
      if (dialog.open && idle) focusFirst(dialog);
    },
  };
}

function modalParts(viewId: string) {
  const titleId = `modal-title-${viewId}`;
  const title = h('h1', { id: titleId, tabindex: -1 });
  const problems = h('div', { class: 'modal-error', 'data-testid': 'modal-error' });
  const body = h('div', { class: 'modal-body' });
  const submit = h('button', { type: 'submit', class: 'button primary', 'data-testid': 'modal-submit' });
  const cancel = h('button', { type: 'button', class: 'button', 'data-testid': 'modal-close' });
  const dismiss = h('button', { type: 'button', class: 'plain close', 'aria-label': 'Close' }, '✕');
  const form = h('form', { novalidate: true }, h('header', {}, title, dismiss), problems, body, h('footer', {}, cancel, submit));
  const dialog = h('dialog', { class: 'modal', role: 'dialog', 'aria-labelledby': titleId, 'data-view-id': viewId }, form);
  return { title, problems, body, submit, cancel, dismiss, form, dialog };
}

/** Where typing begins: the field the app asks for, else the first one, else the title. */
export function focusFirst(dialog: HTMLDialogElement): void {
  const field = '.modal-body :is(input, textarea, select, summary)';
  const first =
    dialog.querySelector<HTMLElement>('[data-focus-on-load]') ?? dialog.querySelector<HTMLElement>(field) ?? dialog.querySelector('h1');
  first?.focus({ preventScroll: first.dataset.focusOnLoad === undefined });
}

/** Draws the blocks and forgets the values of inputs that are not in the view any more. */
function redraw(body: HTMLElement, view: ModalShape, form: Form): void {
  const held = form.values;
  renderBlocks(body, view.blocks, form);
  const drawn = new Set(view.blocks.map(blockIdOf));
  form.values = Object.fromEntries(Object.entries(held).flatMap(([blockId, actions]) => (drawn.has(blockId) ? [[blockId, actions]] : [])));
  for (const block of body.querySelectorAll<HTMLElement>('[data-block-id]')) {
    const blockId = block.dataset.blockId ?? '';
    const present = new Set([...block.querySelectorAll<HTMLElement>('[data-action-id]')].map((control) => control.dataset.actionId));
    const actions = Object.entries(form.values[blockId] ?? {}).filter(([actionId]) => present.has(actionId));
    if (form.values[blockId]) form.values[blockId] = Object.fromEntries(actions);
  }
}

type Parts = { form: HTMLFormElement; body: HTMLElement; problems: HTMLElement; submit: HTMLButtonElement; state: Form };

async function sendForm(view: ModalShape, { form, body, problems, submit, state }: Parts): Promise<void> {
  const show = (errors: Record<string, string>, sentence?: string) => {
    const rest = showFieldErrors(body, errors);
    const sentences = sentence ? [sentence, ...rest] : rest;
    problems.replaceChildren(...sentences.map((text) => h('p', { class: 'alert error', role: 'alert' }, text)));
  };
  if (body.querySelector('[aria-busy="true"]')) return show({}, 'Wait for the upload to finish, then send again.');
  const errors = checkFields(view.blocks, state.values);
  if (Object.keys(errors).length) return show(errors);
  submit.disabled = true;
  setAttribute(form, 'aria-busy', 'true');
  const answer = await send('submit', { viewId: view.id, values: state.values });
  submit.disabled = false;
  setAttribute(form, 'aria-busy', null);
  if (answer.errors || !answer.ok) show(answer.errors ?? {}, answer.ok ? undefined : answer.error);
}

/** Closing is the app's to confirm, so the browser's own closing is held back. */
function closeOnEscape(dialog: HTMLDialogElement, close: () => void): void {
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  // Where the key can be seen, the browser's closing does not even begin.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  });
}
