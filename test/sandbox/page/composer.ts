import { clearErrors, showError } from './announce.ts';
import { type Answer, send, state, upload } from './client.ts';
import { attachHints } from './composer-hints.ts';
import { h } from './h.ts';
import { escapedText, withMentions } from './outgoing.ts';

export type Place = { channel: string; threadTs: string | null; label: string };

export type Composer = { node: HTMLElement; show(place: Place): void };

/** Unsent text by place, so that looking elsewhere loses nothing. */
const drafts = new Map<string, string>();

const keyOf = ({ channel, threadTs }: Place): string => `${channel}:${threadTs ?? ''}`;

/** The box messages and commands are typed into. Enter sends, Shift+Enter begins a new line.
 *  `onSent` brings the end of the list into view, where the message or the command's answer appears. */
export function createComposer(inThread: boolean, onSent: () => void): Composer {
  const { input, problem, button, form } = composerParts(inThread);
  let place: Place | null = null;
  input.addEventListener('input', () => {
    if (place) drafts.set(keyOf(place), input.value);
    problem.textContent = '';
    grow(input);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const target = place;
    const typed = input.value;
    if (!target || !typed.trim() || button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    const answer = await deliver(target, typed.trim());
    button.ariaBusy = null;
    if (answer.ok) {
      settleDraft(target, typed);
      onSent();
    }
    if (place && keyOf(place) === keyOf(target)) finish(answer, input, typed, problem);
    else if (!answer.ok) showError(`${target.label}: ${answer.error ?? 'that did not work.'}`);
  });
  takeFiles(form, async (files) => {
    const target = place;
    const answer = target ? await share(target, files) : { ok: true };
    problem.textContent = answer.ok ? '' : (answer.error ?? 'That did not work. Try again.');
    if (answer.ok) onSent();
  });
  return {
    node: form,
    show(next) {
      const moved = !place || keyOf(place) !== keyOf(next);
      place = next;
      input.placeholder = next.label;
      input.setAttribute('aria-label', next.label);
      if (!moved) return;
      problem.textContent = '';
      input.value = drafts.get(keyOf(next)) ?? '';
      grow(input);
    },
  };
}

/** Files are sent as soon as they are dropped on the composer or chosen. */
function takeFiles(form: HTMLFormElement, take: (files: File[]) => Promise<void>): void {
  const chooser = form.querySelector<HTMLInputElement>('input[type=file]');
  chooser?.addEventListener('change', () => {
    const files = [...(chooser.files ?? [])];
    chooser.value = '';
    void take(files);
  });
  form.addEventListener('dragover', (event) => event.preventDefault());
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    void take([...(event.dataTransfer?.files ?? [])]);
  });
}

async function share({ channel, threadTs }: Place, chosen: File[]): Promise<Answer> {
  const files = [];
  for (const file of chosen) {
    const answer = await upload(file);
    if (!answer.ok) return answer;
    files.push(answer.file);
  }
  return files.length > 0 ? send('message', { channel, text: '', files, ...(threadTs && { threadTs }) }) : { ok: true };
}

function composerParts(inThread: boolean) {
  const testId = inThread ? 'thread-composer' : 'composer';
  const input = h('textarea', { rows: 1, 'data-testid': testId });
  const problem = h('p', { class: 'field-error', role: 'alert', 'data-testid': `${testId}-error` });
  const button = h('button', { type: 'submit', class: 'button primary' }, 'Send');
  const chooser = h('input', { type: 'file', multiple: true, hidden: true, 'data-testid': `${testId}-file` });
  const attach = h('button', { type: 'button', class: 'button', on: { click: () => chooser.click() } }, 'Attach');
  const box = h('div', { class: 'composer-box' }, input, chooser, attach, button);
  const form = h('form', { class: 'composer' }, attachHints(input, inThread), box, problem);
  return { input, problem, button, form };
}

/** Forgets a draft that was sent, unless the person has typed on meanwhile. */
function settleDraft(place: Place, sent: string): void {
  clearErrors();
  if (drafts.get(keyOf(place)) === sent) drafts.delete(keyOf(place));
}

function finish(answer: Answer, input: HTMLTextAreaElement, sent: string, problem: HTMLElement): void {
  problem.textContent = answer.ok ? '' : (answer.error ?? 'That did not work. Try again.');
  if (!answer.ok || input.value !== sent) return;
  input.value = '';
  grow(input);
}

async function deliver({ channel, threadTs }: Place, typed: string): Promise<Answer> {
  if (!typed.startsWith('/')) {
    return send('message', { channel, text: withMentions(escapedText(typed), state().users), ...(threadTs && { threadTs }) });
  }
  if (threadTs) return { ok: false, error: 'Slack takes no commands in threads. Type it in the channel instead.' };
  return send('command', { channel, text: withMentions(typed, state().users) });
}

function grow(input: HTMLTextAreaElement): void {
  input.style.height = 'auto';
  input.style.height = `${Math.min(input.scrollHeight + 2, 220)}px`;
}
