import type { RichTextBlock, RichTextElement } from '@slack/types';
import { formatMoment } from './date-token.ts';
import { emoji } from './emoji.ts';
import { h } from './h.ts';
import { link } from './links.ts';
import { channelMention, userMention } from './mrkdwn.ts';

/** A rich_text block: sections, lists, quotes and preformatted parts. */
export function richText(block: RichTextBlock): HTMLElement {
  return h('div', { class: 'rich-text' }, ...block.elements.map(part));
}

function part(element: RichTextBlock['elements'][number]): HTMLElement {
  switch (element.type) {
    case 'rich_text_section':
      return h('p', {}, ...element.elements.map(inline));
    case 'rich_text_quote':
      return h('blockquote', {}, ...element.elements.map(inline));
    case 'rich_text_preformatted':
      return h('pre', {}, ...element.elements.map(inline));
    case 'rich_text_list': {
      const items = element.elements.map((item) => h('li', {}, ...item.elements.map(inline)));
      return h(element.style === 'ordered' ? 'ol' : 'ul', { class: `indent-${element.indent ?? 0}` }, ...items);
    }
    default:
      return h('p', { class: 'unknown' }, `Rich text part: ${JSON.stringify(element)}`);
  }
}

function inline(element: RichTextElement): Node {
  let node: Node = plain(element);
  const style = element.style ?? {};
  if (style.code) node = h('code', {}, node);
  if (style.bold) node = h('strong', {}, node);
  if (style.italic) node = h('em', {}, node);
  if (style.underline) node = h('u', {}, node);
  if (style.strike) node = h('s', {}, node);
  return node;
}

function plain(element: RichTextElement): Node {
  switch (element.type) {
    case 'text':
      return h('span', { class: 'text' }, element.text);
    case 'link':
      return link(element.url, element.text ?? element.url);
    case 'user':
      return userMention(element.user_id);
    case 'channel':
      return channelMention(element.channel_id, null);
    case 'emoji':
      return document.createTextNode(emoji(element.name));
    case 'broadcast':
      return h('span', { class: 'mention' }, `@${element.range}`);
    case 'date':
      return h('time', {}, formatMoment(new Date(element.timestamp * 1000), element.format, new Date()));
    case 'color':
      return h('code', {}, element.value);
    default:
      return h('code', { class: 'unknown' }, JSON.stringify(element));
  }
}
