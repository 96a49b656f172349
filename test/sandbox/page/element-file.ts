import type { FileInput } from '@slack/types';
import { upload } from './client.ts';
import { act, keep, recall, type Slot } from './form.ts';
import { h } from './h.ts';

type UploadedFile = Record<string, unknown>;

/** Slack's limit per file. Source: file_input element reference. */
const MAX_BYTES = 10 * 1024 * 1024;
const DEFAULT_MAX_FILES = 10;

/** Files go up as soon as they are chosen; the value is what the server says about them. */
export function fileInput(element: FileInput, slot: Slot): HTMLElement {
  const { filetypes = [], max_files: maxFiles = DEFAULT_MAX_FILES } = element;
  const initial: { type: 'file_input'; files: UploadedFile[] } = { type: element.type, files: [] };
  let files = recall(slot, initial).files;
  const list = h('ul', { class: 'files' });
  const problem = h('p', { class: 'field-error', role: 'alert' });
  const input = h('input', {
    type: 'file',
    multiple: maxFiles > 1,
    accept: filetypes.map((type) => `.${type}`).join(','),
    'data-action-id': slot.actionId,
    'aria-labelledby': slot.labelId,
  });
  const root = h('div', { class: 'file-field' }, input, list, problem);
  const set = (next: UploadedFile[]) => {
    files = next;
    keep(slot, { type: element.type, files });
    list.replaceChildren(...files.map((file) => fileRow(file, () => set(files.filter((other) => other !== file)))));
  };
  input.addEventListener('change', async () => {
    const chosen = [...(input.files ?? [])];
    input.value = '';
    problem.textContent = refusal(chosen, files.length, maxFiles, filetypes) ?? '';
    if (problem.textContent) return;
    root.setAttribute('aria-busy', 'true');
    for (const file of chosen) {
      problem.textContent = `Uploading ${file.name}…`;
      const answer = await upload(file);
      problem.textContent = answer.ok ? '' : `${file.name} could not be uploaded. ${answer.error ?? ''}`;
      if (!answer.ok || !answer.file) break;
      set([...files, answer.file]);
    }
    root.removeAttribute('aria-busy');
    if (slot.dispatches) await act(slot, { type: element.type, files });
  });
  set(files);
  return root;
}

/** Why the chosen files cannot be taken, in Slack's sense; null when they can. */
function refusal(chosen: File[], held: number, maxFiles: number, filetypes: string[]): string | null {
  if (held + chosen.length > maxFiles)
    return maxFiles === 1 ? 'Remove the file first: only one fits here.' : `At most ${maxFiles} files fit here.`;
  const big = chosen.find((file) => file.size > MAX_BYTES);
  if (big) return `${big.name} is larger than the 10 MB that Slack takes here.`;
  const wrong = chosen.find(
    (file) => filetypes.length > 0 && !filetypes.some((type) => file.name.toLowerCase().endsWith(`.${type.toLowerCase()}`)),
  );
  return wrong ? `${wrong.name} is not one of the kinds asked for: ${filetypes.join(', ')}.` : null;
}

function fileRow(file: UploadedFile, remove: () => void): HTMLElement {
  const name = String(file.name ?? file.id);
  const size = typeof file.size === 'number' ? ` (${sizeText(file.size)})` : '';
  const button = h('button', { type: 'button', class: 'plain', 'aria-label': `Remove ${name}`, on: { click: remove } }, '✕');
  return h('li', { 'data-file': name }, `${name}${size}`, button);
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
