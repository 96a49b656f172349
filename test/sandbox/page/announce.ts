import { h } from './h.ts';

const spoken = h('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
const alerts = h('div', { class: 'alerts', role: 'alert' });

/** The two live regions of the page. */
export const liveRegions: HTMLElement[] = [spoken, alerts];

/** Tells a screen reader, without moving the focus. */
export function announce(sentence: string): void {
  spoken.textContent = sentence;
}

/** Shows an error until it is dismissed; in the open dialog when there is one, as everything behind it is inert. */
export function showError(sentence: string): void {
  const dialogs = document.querySelectorAll<HTMLElement>('dialog[open] [data-testid="modal-error"]');
  const place = dialogs[dialogs.length - 1] ?? alerts;
  const box = h('p', { class: 'alert error', 'data-testid': 'error' }, h('span', {}, sentence));
  box.append(h('button', { type: 'button', class: 'plain', 'aria-label': 'Dismiss', on: { click: () => box.remove() } }, '✕'));
  place.replaceChildren(box);
}

/** Takes an error away once what failed has worked. */
export function clearErrors(): void {
  alerts.replaceChildren();
}
