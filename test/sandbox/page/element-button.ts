import type { Button, FeedbackButtons, IconButton, Overflow, WorkflowButton } from '@slack/types';
import { act, type ElementState, type Slot } from './form.ts';
import { h, setAttribute } from './h.ts';
import { safeUrl } from './links.ts';
import { textNodes } from './mrkdwn.ts';

/** A button; one with a `url` also opens it, and the app is told of the click all the same. */
export function linkOrButton(element: Button, slot: Slot): HTMLElement {
  const { text, value, style, url, confirm } = element;
  const href = url ? safeUrl(url) : null;
  const look = { class: `button ${style ?? ''}`, 'data-action-id': slot.actionId, 'aria-label': element.accessibility_label };
  const payload = { type: element.type, text, value, style, url };
  const node = href
    ? h('a', { ...look, href, target: href.startsWith('#') ? null : '_blank', rel: 'noopener' }, textNodes(text))
    : h('button', { ...look, type: 'button' }, textNodes(text));
  node.addEventListener('click', async (event) => {
    if (!href) return press(node, slot, payload, confirm);
    if (confirm) event.preventDefault();
    const agreed = await press(node, slot, payload, confirm);
    if (confirm && agreed) window.open(href, href.startsWith('#') ? '_self' : '_blank', 'noopener');
  });
  return node;
}

/** Clicks while the app has not answered yet are ignored, as in Slack. */
async function press(node: HTMLElement, slot: Slot, payload: ElementState, confirm?: Button['confirm']): Promise<boolean> {
  if (node.ariaBusy === 'true') return false;
  setAttribute(node, 'aria-busy', 'true');
  try {
    return await act(slot, payload, confirm);
  } finally {
    setAttribute(node, 'aria-busy', null);
  }
}

export function iconButton({ type, text, value, confirm, accessibility_label: label }: IconButton, slot: Slot): HTMLElement {
  const node = h('button', { type: 'button', class: 'button', 'data-action-id': slot.actionId, 'aria-label': label }, textNodes(text));
  node.addEventListener('click', () => void press(node, slot, { type, value }, confirm));
  return node;
}

/** The two buttons of one element; which was pressed is in `value`. */
export function feedbackButtons(element: FeedbackButtons, slot: Slot): HTMLElement[] {
  return [element.positive_button, element.negative_button].map(({ text, value, accessibility_label: label }) => {
    const node = h('button', { type: 'button', class: 'button', 'data-action-id': slot.actionId, 'aria-label': label }, textNodes(text));
    node.addEventListener('click', () => void press(node, slot, { type: element.type, text, value }));
    return node;
  });
}

/** Starts a workflow in Slack; there are none here, so it only says what it would start. */
export function workflowButton(element: WorkflowButton): HTMLElement {
  return h('button', { type: 'button', class: 'button', disabled: true, title: element.workflow.trigger.url }, textNodes(element.text));
}

/** The ⋯ menu: every option is a click of its own, or a link. */
export function overflow(element: Overflow, slot: Slot): HTMLElement {
  const toggle = h('summary', { class: 'button', 'aria-label': 'More actions' }, '⋯');
  const menu = h('details', { class: 'overflow', 'data-action-id': slot.actionId }, toggle);
  const items = element.options.map((option) => {
    const pick = () => {
      menu.open = false;
      const href = option.url ? safeUrl(option.url) : null;
      if (href) window.open(href, '_blank', 'noopener');
      void press(toggle, slot, { type: element.type, selected_option: option }, element.confirm);
    };
    const description = option.description && h('small', {}, option.description.text);
    return h('button', { type: 'button', role: 'menuitem', value: option.value, on: { click: pick } }, textNodes(option.text), description);
  });
  menu.append(h('div', { class: 'menu', role: 'menu' }, ...items));
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    event.stopPropagation();
    event.preventDefault();
    menu.open = false;
    toggle.focus();
  });
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;
}
