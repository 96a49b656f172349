import type { ImageBlock, ImageElement } from '@slack/types';
import { h } from './h.ts';

/** An image by its address; an image that is a Slack file is named by its description, as the sandbox keeps no pictures. */
export function image(element: ImageElement | ImageBlock, className: string): HTMLElement {
  const url = 'image_url' in element ? element.image_url : 'url' in element.slack_file ? element.slack_file.url : null;
  if (!url || !/^(https?:|data:image\/|\/)/i.test(url))
    return h('span', { class: `${className} missing-image` }, `Image: ${element.alt_text}`);
  return h('img', { class: className, src: url, alt: element.alt_text, loading: 'lazy' });
}
