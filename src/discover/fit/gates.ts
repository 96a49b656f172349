import { z } from 'zod';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import { keysThatGate, suppressionHash } from '../../programme/suppression/suppression.ts';
import type { Candidate, FitProfile } from './fit.ts';
import { LEGAL_FORMS } from './not-names.ts';

/** Why a company must never be suggested; `entry` is what stands on the list of the team, else empty. */
export type Gate = { gate: GateCode; entry: string };
export const GateCode = z.enum(['kept-out', 'competitor', 'customer', 'existing', 'own-company', 'suppressed']);
export type GateCode = z.infer<typeof GateCode>;

export type Named = Pick<Candidate, 'name' | 'domain' | 'aliases'> & Partial<Pick<Candidate, 'website'>>;

export function gateOf(profile: FitProfile, candidate: Named): Gate | null {
  return gateKeeper(profile)(candidate);
}

/** Reads the lists once, for many companies. Entries match by registrable domain, or by exact name without its legal form. */
export function gateKeeper(profile: FitProfile): (candidate: Named) => Gate | null {
  const byKey = new Map<string, Gate>();
  const put = (entries: readonly string[], gate: Gate['gate']) => {
    for (const entry of entries) {
      for (const key of keysOf(entry)) if (!byKey.has(key)) byKey.set(key, { gate, entry: entry.trim() });
    }
  };
  put([profile.name], 'own-company');
  put(profile.keptOut ?? [], 'kept-out');
  put(profile.competitors, 'competitor');
  put(profile.leaveOut, 'customer');
  put(profile.existing, 'existing');
  const isSuppressed = silence(profile.suppressed);
  return (candidate) => {
    if (isSuppressed(candidate)) return { gate: 'suppressed', entry: '' };
    for (const key of ownKeys(candidate)) {
      const gate = byKey.get(key);
      if (gate) return gate;
    }
    return null;
  };
}

/** Hashes are only made where there is something to compare them with: a workspace without any pays nothing. */
function silence(suppressed: FitProfile['suppressed']): (candidate: Named) => boolean {
  if (!suppressed) return () => false;
  const { workspaceId, hashes } = suppressed;
  const silent = new Set(hashes);
  return (candidate) =>
    domainsOf(candidate).some((domain) => keysThatGate(domain).some((key) => silent.has(suppressionHash(workspaceId, key))));
}

/** A list entry may be a domain, a web address or a name; something like “Booking.com” is both. */
function keysOf(entry: string): string[] {
  const found = registrableDomain(entry);
  return [...('domain' in found ? [`domain:${found.domain}`] : []), ...nameKeys(entry)];
}

function domainsOf({ domain, website }: Pick<Named, 'domain' | 'website'>): string[] {
  const domains = domain ? [domain.toLowerCase()] : [];
  // The website counts only where no domain is given: reading it for every company costs more than scoring it.
  const fromWebsite = !domain && website ? registrableDomain(website) : null;
  if (fromWebsite && 'domain' in fromWebsite) domains.push(fromWebsite.domain);
  return domains;
}

function ownKeys(candidate: Named): string[] {
  const domains = domainsOf(candidate);
  return [...domains.map((known) => `domain:${known}`), ...nameKeys(candidate.name), ...candidate.aliases.flatMap(nameKeys)];
}

function nameKeys(name: string): string[] {
  const plain = plainName(name);
  return plain === '' ? [] : [`name:${plain}`];
}

/** Lower case without accents and marks; legal forms at the end are dropped, unless nothing would be left. */
export function plainName(name: string): string {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}|['’.]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}
