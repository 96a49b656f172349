import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What opens a page: 32 random bytes. Only its hash is stored, so that whoever reads the database can open nothing. */
export function newSecret(): { secret: string; hash: string } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: hashOf(secret) };
}

const SECRET = /^[\w-]{43}$/;

/** SHA-256, or null for what is no secret of ours and is not looked up. */
export function readSecret(given: string): string | null {
  return SECRET.test(given) ? hashOf(given) : null;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** What every form of a session carries: another site can make a browser send the cookie, and does not know this. It follows from the session's
 *  secret and says nothing of it. */
export function formTokenOf(secret: string): string {
  return createHmac('sha256', secret).update('form').digest('base64url');
}

export function isFormToken(given: string, secret: string): boolean {
  const expected = Buffer.from(formTokenOf(secret));
  const said = Buffer.from(given);
  return said.length === expected.length && timingSafeEqual(said, expected);
}
