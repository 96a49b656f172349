import type { AlertBlock, CardBlock, CarouselBlock, ContainerBlock, PlanBlock, TaskCardBlock } from '@slack/types';
import { liveSlot } from './block-text.ts';
import { renderElement } from './elements.ts';
import type { Form } from './form.ts';
import { h } from './h.ts';
import { image } from './images.ts';
import { link } from './links.ts';
import { textNodes } from './mrkdwn.ts';
import { richText } from './rich-text.ts';
import { unknownBox } from './unknown-box.ts';

export function cardBlock(block: CardBlock, blockId: string, form: Form): HTMLElement {
  const { title, subtitle, body, actions, icon, hero_image: hero } = block;
  return h(
    'article',
    { class: 'card' },
    hero && image(hero, 'card-hero'),
    h(
      'div',
      { class: 'card-head' },
      icon && image(icon, 'card-icon'),
      h(
        'div',
        {},
        title && h('div', { class: 'card-title' }, textNodes(title)),
        subtitle && h('div', { class: 'muted' }, textNodes(subtitle)),
      ),
    ),
    body && h('div', {}, textNodes(body)),
    actions &&
      h('div', { class: 'block-actions' }, ...actions.map((button) => renderElement(button, liveSlot(form, blockId, button.action_id)))),
  );
}

export function carouselBlock(block: CarouselBlock, blockId: string, form: Form): HTMLElement {
  const cards = block.elements.map((card) => cardBlock(card, card.block_id ?? blockId, form));
  return h('div', { class: 'carousel', tabindex: 0, role: 'group', 'aria-label': 'Cards, scroll sideways' }, ...cards);
}

/** `drawChildren` draws the inner blocks; it is handed in because blocks hold containers and containers hold blocks. */
export function containerBlock(block: ContainerBlock, drawChildren: (parent: HTMLElement) => void): HTMLElement {
  const title = block.title ? textNodes(block.title) : block.rich_text_title ? richText(block.rich_text_title) : null;
  const subtitle = block.subtitle && h('span', { class: 'muted' }, ' ', textNodes(block.subtitle));
  const content = h('div', { class: 'container-content' });
  drawChildren(content);
  if (!block.is_collapsible) return h('section', { class: 'panel' }, h('p', { class: 'panel-title' }, title, subtitle), content);
  const heading = h('summary', { class: 'panel-title' }, title ?? 'Details', subtitle);
  return h('details', { class: 'panel', open: !block.default_collapsed }, heading, content);
}

const LEVELS = { default: 'Note', info: 'Note', warning: 'Warning', error: 'Error', success: 'Done' };

export function alertBlock(block: AlertBlock): HTMLElement {
  const level = block.level ?? 'default';
  return h(
    'div',
    { class: `alert ${level}`, role: level === 'error' ? 'alert' : 'note' },
    h('strong', {}, `${LEVELS[level]}: `),
    textNodes(block.text),
  );
}

export function planBlock(block: PlanBlock): HTMLElement {
  const tasks = (block.tasks ?? []).map((task) => (isTask(task) ? taskCardBlock(task) : unknownBox('Block', { type: 'task', ...task })));
  return h('section', { class: 'panel' }, h('p', { class: 'panel-title' }, block.title), ...tasks);
}

function isTask(task: TaskCardBlock | Record<string, unknown>): task is TaskCardBlock {
  return task.type === 'task_card';
}

const STATUS = { pending: '○ Not started', in_progress: '◐ In progress', complete: '● Done', error: '✕ Failed' };

export function taskCardBlock(block: TaskCardBlock): HTMLElement {
  return h(
    'div',
    { class: 'task' },
    h('span', { class: `status ${block.status}` }, STATUS[block.status]),
    h(
      'div',
      {},
      h('strong', {}, block.title),
      block.details && richText(block.details),
      block.output && richText(block.output),
      block.sources && h('p', { class: 'muted' }, ...block.sources.flatMap(({ url, text }) => [link(url, text), ' '])),
    ),
  );
}
