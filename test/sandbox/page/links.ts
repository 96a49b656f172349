import { type Child, h } from './h.ts';

const SAFE = /^(https?|mailto|tel):/i;

/** The address if a browser may follow it; a permalink to a message becomes an address of this page. */
export function safeUrl(url: string): string | null {
  if (!SAFE.test(url) || !URL.canParse(url)) return null;
  const { origin, pathname, hash } = new URL(url);
  if (origin === location.origin && pathname === '/' && hash) return hash;
  const [, channel, message] = /^\/archives\/([A-Z0-9]+)(?:\/(p\d+))?\/?$/.exec(pathname) ?? [];
  if (channel) return message ? `#${channel}/${message}` : `#${channel}`;
  return url;
}

/** A link, or plain text with the address in view when it is not one to follow. */
export function link(url: string, ...children: Child[]): HTMLElement {
  const href = safeUrl(url);
  if (!href) return h('span', { title: 'Not a web address: the sandbox does not follow it' }, ...children);
  return href.startsWith('#') ? h('a', { href }, ...children) : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}
