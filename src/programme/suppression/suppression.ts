import { hash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { registrableDomain } from '../companies/domain-name.ts';

/** What gets nothing: one address, every address at a domain, or a company with all its addresses and its place in every list. */
export const SUPPRESSION_KINDS = ['address', 'domain', 'company'] as const;
export const SuppressionKind = z.enum(SUPPRESSION_KINDS);
export type SuppressionKind = z.infer<typeof SuppressionKind>;

export const SUPPRESSION_REASONS = ['opt-out', 'bounce', 'complaint', 'asked-us', 'decision'] as const;
export const SuppressionReason = z.enum(SUPPRESSION_REASONS);
export type SuppressionReason = z.infer<typeof SuppressionReason>;

/** Only the hash is kept, so the entry outlives the deletion of what it protects. */
export const Suppression = z.object({
  id: z.string(),
  workspaceId: z.string(),
  kind: SuppressionKind,
  hash: z.string(),
  reason: SuppressionReason,
  /** How it came in: `one-click`, `page`, `reply`, `bounce`, `complaint`, `command`, `card`. */
  via: z.string(),
  /** A Slack user id, `recipient` for the person written to, `system`. */
  by: z.string(),
  at: z.date(),
});
export type Suppression = z.infer<typeof Suppression>;

/** `hash` stands for a value that was deleted. */
export type SuppressionKey = { kind: SuppressionKind; value: string; hash?: string };

/** SHA-256, salted with the workspace: the same address hashes differently elsewhere. `value` as the functions below give it. In one call,
 *  because ranking makes two for each company where anything is on the list. */
export function suppressionHash(workspaceId: string, { kind, value, hash: known }: SuppressionKey): string {
  return known ?? hash('sha256', JSON.stringify([workspaceId, kind, value]), 'hex');
}

/** Lower case, without a `+tag`: it reaches the same mailbox. At Gmail, so does the address without its dots and under its other name. */
export function plainAddress(email: string): string {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, at).toLowerCase().split('+')[0] ?? '';
  const host = email.slice(at + 1).toLowerCase();
  return host === 'gmail.com' || host === 'googlemail.com' ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${host}`;
}

/** `plainAddress` with the domain as the network spells it, to tell whether two addresses are one mailbox. */
export function networkAddress(email: string): string {
  const plain = plainAddress(email);
  const at = plain.lastIndexOf('@');
  const domain = plain.slice(at + 1);
  return `${plain.slice(0, at)}@${domainToASCII(domain) || domain}`;
}

/** Every entry that would close this address: itself, its domain and each domain above, the company of that domain. */
export function keysOfAddress(email: string): SuppressionKey[] {
  const address = plainAddress(email);
  return [{ kind: 'address', value: address }, ...keysOfDomain(address.slice(address.lastIndexOf('@') + 1))];
}

/** Every entry that would close each address at this host: itself, each domain above, the company. */
export function keysOfDomain(host: string): SuppressionKey[] {
  // A host with other letters is compared as the network spells it.
  const name = domainToASCII(host) || host.toLowerCase();
  const found = registrableDomain(name);
  const top = 'domain' in found ? found.domain : name;
  const domains: string[] = [];
  for (let rest = name; rest.length >= top.length; rest = rest.slice(rest.indexOf('.') + 1)) {
    domains.push(rest);
    if (!rest.includes('.')) break;
  }
  return [...domains.map((value) => ({ kind: 'domain' as const, value })), ...keysOfCompany(top)];
}

/** `domain` is the registrable one. */
export function keysOfCompany(domain: string): SuppressionKey[] {
  return [{ kind: 'company', value: domain.toLowerCase() }];
}

/** Both entries that keep a company out of every list: itself, and its whole domain. */
export function keysThatGate(domain: string): SuppressionKey[] {
  return [...keysOfCompany(domain), { kind: 'domain', value: domain.toLowerCase() }];
}

/** The entry in force that closes a target, and the key it stands under: the target's own, or its domain's or company's. */
export type Silence = { key: SuppressionKey; suppression: Suppression };
