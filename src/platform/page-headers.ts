import { createHash } from 'node:crypto';

/** The headers of a page of ours for people outside Slack, whose one style is this: no script, nothing from elsewhere, nothing kept, not in a frame,
 *  not in an index, and no page that is visited next hears of the address. */
export function pageHeaders(style: string) {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  } as const;
}
