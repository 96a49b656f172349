import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds by which a signature may be older or newer than our clock. Source: Stripe's own libraries. */
const MOST_SECONDS = 300;
/** Stripe signs with two secrets while one is replaced; more are not looked at. */
const MOST_SIGNATURES = 5;

/** Of `x-partnerships-timestamp` (Unix seconds) and `x-partnerships-signature`: `v1=` and the hex HMAC-SHA256 of `timestamp.body`. */
export function isOurs(
  { timestamp, signature }: { timestamp: string; signature: string },
  body: Buffer,
  secret: string,
  at: Date,
): boolean {
  return isNow(timestamp, at) && isSigned(signature.replace(/^v1=/, ''), `${timestamp}.`, body, secret);
}

/** Of `Stripe-Signature`: `t=` the timestamp, and one or more `v1=`, each the hex HMAC-SHA256 of `timestamp.body`. Source:
 *  docs.stripe.com/webhooks/signature. */
export function isStripes(header: string, body: Buffer, secret: string, at: Date): boolean {
  const parts = header.split(',').map((part) => part.trim());
  const timestamp = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  const given = parts.filter((part) => part.startsWith('v1=')).slice(0, MOST_SIGNATURES);
  return isNow(timestamp, at) && given.some((part) => isSigned(part.slice(3), `${timestamp}.`, body, secret));
}

function isNow(timestamp: string, at: Date): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) - at.getTime() / 1000) <= MOST_SECONDS;
}

function isSigned(hex: string, before: string, body: Buffer, secret: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(hex)) return false;
  return timingSafeEqual(Buffer.from(hex, 'hex'), createHmac('sha256', secret).update(before).update(body).digest());
}
