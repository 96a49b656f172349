import type { AnyBlock, KnownBlock } from '@slack/types';
import { chartBlock, isChart } from './block-chart.ts';
import { inputBlock } from './block-input.ts';
import { alertBlock, cardBlock, carouselBlock, containerBlock, planBlock, taskCardBlock } from './block-panels.ts';
import { dataTableBlock, tableBlock } from './block-tables.ts';
import { actionsBlock, contextActionsBlock, contextBlock, sectionBlock } from './block-text.ts';
import type { Form } from './form.ts';
import { h } from './h.ts';
import { image } from './images.ts';
import { markdown } from './markdown.ts';
import { textNodes } from './mrkdwn.ts';
import { namesSignature } from './names.ts';
import { richText } from './rich-text.ts';
import { syncChildren } from './sync.ts';
import { unknownBox } from './unknown-box.ts';

/** Slack names every block it stores; this is for one that slipped through. */
export function blockIdOf(block: AnyBlock, index: number): string {
  return block.block_id ?? `block-${index}`;
}

/** Draws blocks into `parent`; blocks that did not change keep their elements. */
export function renderBlocks(parent: Element, blocks: AnyBlock[], form: Form): void {
  const names = namesSignature();
  const used = new Set<string>();
  const items = blocks.map((block, index) => {
    const blockId = blockIdOf(block, index);
    const key = used.has(blockId) ? `${blockId}#${index}` : blockId;
    used.add(key);
    return { key, signature: JSON.stringify(block) + names, create: () => drawBlock(block, blockId, form) };
  });
  syncChildren(parent, items);
}

function drawBlock(block: AnyBlock, blockId: string, form: Form): HTMLElement {
  const node = blockOrBox(block, blockId, form);
  node.classList.add('block', `block-${block.type}`);
  node.dataset.blockId = blockId;
  return node;
}

/** A block that is not shaped as its kind demands must not take the rest of the page down with it. */
function blockOrBox(block: AnyBlock, blockId: string, form: Form): HTMLElement {
  try {
    return blockNode(block, blockId, form);
  } catch (error) {
    console.error(error);
    return unknownBox('Block', block);
  }
}

function blockNode(anyBlock: AnyBlock, blockId: string, form: Form): HTMLElement {
  // Kinds the types do not know fall to the default branch.
  const block = anyBlock as KnownBlock;
  switch (block.type) {
    case 'header':
      return h('h3', {}, textNodes(block.text));
    case 'divider':
      return h('hr');
    case 'section':
      return sectionBlock(block, blockId, form);
    case 'context':
      return contextBlock(block);
    case 'actions':
      return actionsBlock(block, blockId, form);
    case 'context_actions':
      return contextActionsBlock(block, blockId, form);
    case 'input':
      return inputBlock(block, blockId, form);
    case 'image':
      return h('figure', {}, block.title && h('figcaption', {}, textNodes(block.title)), image(block, 'block-picture'));
    case 'rich_text':
      return richText(block);
    case 'markdown':
      return markdown(block.text);
    default:
      return panelNode(block, blockId, form);
  }
}

type Panel = Exclude<
  KnownBlock,
  { type: 'header' | 'divider' | 'section' | 'context' | 'actions' | 'context_actions' | 'input' | 'image' | 'rich_text' | 'markdown' }
>;

/** Tables, cards and what else holds several parts. */
function panelNode(block: Panel, blockId: string, form: Form): HTMLElement {
  switch (block.type) {
    case 'table':
      return tableBlock(block);
    case 'data_table':
      return dataTableBlock(block);
    case 'card':
      return cardBlock(block, blockId, form);
    case 'carousel':
      return carouselBlock(block, blockId, form);
    case 'container':
      return containerBlock(block, (parent) => renderBlocks(parent, block.child_blocks, form));
    case 'alert':
      return alertBlock(block);
    case 'plan':
      return planBlock(block);
    case 'task_card':
      return taskCardBlock(block);
    default:
      return isChart(block) ? chartBlock(block) : unknownBox('Block', block);
  }
}
