import { suppress } from '../../programme/suppression/suppress.ts';
import { plainAddress } from '../../programme/suppression/suppression.ts';
import { findDraftByToken } from '../outreach/draft-repository.ts';
import { findOptOutLink, type OptOutLink } from './opt-out-link-repository.ts';

/** 128 bits in base64url, as `newOptOutToken` makes them; anything else is not looked up. */
export const TOKEN = /^[\w-]{22}$/;

/** Whom a link speaks for: the address a mail with it went to, or the contact of the draft that holds it now. Null for an unknown one. */
export async function findOptOut(token: string): Promise<OptOutLink | null> {
  if (!TOKEN.test(token)) return null;
  const link = await findOptOutLink(token);
  if (link) return link;
  const draft = await findDraftByToken(token);
  return draft && { workspaceId: draft.workspaceId, address: plainAddress(draft.contact.email), language: draft.language };
}

/** The recipient wants no more mail: in force at once, whoever asks and however often. Null when the link is unknown. */
export async function optOut(
  token: string,
  via: 'one-click' | 'page' | 'reply',
  at: Date,
): Promise<{ link: OptOutLink; changed: boolean } | null> {
  const link = await findOptOut(token);
  if (!link) return null;
  const key = { kind: 'address', value: link.address, ...(link.hash ? { hash: link.hash } : {}) } as const;
  const { changed } = await suppress(link.workspaceId, key, { reason: 'opt-out', via, by: 'recipient', at });
  return { link, changed };
}
