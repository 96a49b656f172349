import { createPublicKey } from 'node:crypto';
import { resolveTxt } from 'node:dns/promises';
import { type Config, dkimKey } from '../config.ts';
import type { Check } from './doctor.ts';

/** How recipients of outreach say no. */
export function checkOptOut({ PUBLIC_URL }: Config): Check {
  const name = 'opt-out';
  if (PUBLIC_URL) return { name, ok: true, words: `by one click at ${PUBLIC_URL}/optout/…, and by mail` };
  return { name, ok: false, words: 'by mail only. Set PUBLIC_URL to where the internet reaches this app, for opt-outs by one click.' };
}

/** Whether mail is signed, and whether the world can check the signature. */
export async function checkDkim(config: Config, lookUp: (name: string) => Promise<string[][]> = resolveTxt): Promise<Check> {
  const name = 'DKIM';
  const key = dkimKey(config);
  if (!key)
    return {
      name,
      ok: false,
      words: 'not signed here. Unless your mail server signs, set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY.',
    };
  const record = `${key.selector}._domainkey.${key.domain}`;
  const ours = createPublicKey(key.privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  const published = await lookUp(record).catch(() => null);
  if (!published)
    return { name, ok: false, words: `signs for ${key.domain}, but ${record} has no TXT record. Publish: v=DKIM1; k=rsa; p=${ours}` };
  const found = published.map((parts) => /(?:^|;)\s*p=([A-Za-z0-9+/=\s]*)/.exec(parts.join(''))?.[1]?.replace(/\s/g, ''));
  if (found.includes(ours)) return { name, ok: true, words: `signs for ${key.domain}, and ${record} has the key` };
  return { name, ok: false, words: `${record} has another key. Publish: v=DKIM1; k=rsa; p=${ours}` };
}
