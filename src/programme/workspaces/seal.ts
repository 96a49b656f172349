import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM over a token at rest: `v1:<iv>:<tag>:<cipher>` in base64. `key` is 64 hex digits. */
export function seal(text: string, key: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'hex'), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', iv.toString('base64'), cipher.getAuthTag().toString('base64'), sealed.toString('base64')].join(':');
}

/** Opens what `seal` made; throws when the key is another or the text was changed. */
export function unseal(sealed: string, key: string): string {
  const [version, iv, tag, text] = sealed.split(':');
  if (version !== 'v1' || !iv || !tag || text === undefined) throw new Error('a stored token is not in the expected form');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'hex'), Buffer.from(iv, 'base64'), { authTagLength: 16 });
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString('utf8');
}
