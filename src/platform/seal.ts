import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM over a text at rest: `v1:<iv>:<tag>:<cipher>` in base64. `key` is 64 hex digits. `about` names what it belongs to: put in another's
 *  place, it does not open. */
export function seal(text: string, key: string, about = ''): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'hex'), iv).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', iv.toString('base64'), cipher.getAuthTag().toString('base64'), sealed.toString('base64')].join(':');
}

/** Opens what `seal` made with one of the keys; throws when it was another, or the text was changed or moved. */
export function unseal(sealed: string, keys: readonly string[], about = ''): string {
  for (const key of keys) {
    const text = tryKey(sealed, key, about);
    if (text !== null) return text;
  }
  throw new Error('a sealed text does not open with the keys there are');
}

function tryKey(sealed: string, key: string, about: string): string | null {
  const [version, iv, tag, text] = sealed.split(':');
  if (version !== 'v1' || !iv || !tag || text === undefined) throw new Error('a sealed text is not in the expected form');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'hex'), Buffer.from(iv, 'base64'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(about)).setAuthTag(Buffer.from(tag, 'base64'));
  try {
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    // The tag does not agree: another key, another place, or changed.
    return null;
  }
}
