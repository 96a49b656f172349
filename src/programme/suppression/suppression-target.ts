import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { findCompaniesByName } from '../companies/company-names.ts';
import { isFreeMail, registrableDomain } from '../companies/domain-name.ts';
import { getProgramme } from '../setup/programme-repository.ts';
import { keysOfAddress, keysOfCompany, keysOfDomain, keysThatGate, plainAddress, type SuppressionKey } from './suppression.ts';

/** What a person means to silence, or asks about. */
export type SuppressionTarget = {
  key: SuppressionKey;
  /** Every entry that would close it, its own first. */
  closedBy: SuppressionKey[];
  /** The company's name on file; empty for addresses and domains. */
  company: string;
};

const MOST_NAMED = 5;

/** Why nobody can tell what a person means. */
export const TargetProblem = z.enum(['free-mail', 'unknown', 'near', 'several', 'no-address', 'own', 'own-data']);
export type TargetProblem = z.infer<typeof TargetProblem>;

function unclear(why: TargetProblem, details: Record<string, string>): Refusal {
  return new Refusal('target-unclear', { why, ...details });
}

/** Reads an address, a web domain, or the name of a company on file, in full: a part of a name silences nobody. Refuses `target-unclear` with
 *  the reason as `why`. */
export async function readTarget(workspaceId: string, typed: string): Promise<SuppressionTarget> {
  const words = typed.trim();
  if (words.includes('@')) return addressTarget(words);
  const domain = readDomain(words);
  if (domain && isFreeMail(domain)) throw unclear('free-mail', { domain });
  if (domain) return { key: { kind: 'domain', value: domain }, closedBy: keysOfDomain(domain), company: '' };
  const found = await findCompaniesByName(workspaceId, words, MOST_NAMED + 1);
  const exact = found.filter(({ name, aliases }) => [name, ...aliases].some((known) => sameName(known, words)));
  const [company, ...others] = exact;
  if (company && others.length === 0) return companyTarget(company);
  const meant = (exact.length > 0 ? exact : found).slice(0, MOST_NAMED).map(({ name, domain: site }) => `${name} (${site})`);
  if (meant.length === 0 || !/[\p{L}\p{N}]/u.test(words)) throw unclear('unknown', { words });
  throw unclear(exact.length > 0 ? 'several' : 'near', { words, companies: meant.join(', ') });
}

/** Silence for the company's own domain, or an address there, would stop what its own people get. */
export async function isOwnTarget(workspaceId: string, { kind, value }: SuppressionKey): Promise<boolean> {
  const { company } = await getProgramme(workspaceId);
  const own = company && registrableDomain(company.website);
  const asked = registrableDomain(kind === 'address' ? value.slice(value.lastIndexOf('@') + 1) : value);
  return own !== null && 'domain' in own && 'domain' in asked && own.domain === asked.domain;
}

/** As `readTarget` for a key that was read before. */
export async function targetOfKey(workspaceId: string, { kind, value }: SuppressionKey): Promise<SuppressionTarget> {
  if (kind !== 'company') return readTarget(workspaceId, value);
  const [onFile] = await findCompaniesByName(workspaceId, value, 1);
  return companyTarget({ name: onFile?.domain === value ? onFile.name : value, domain: value });
}

function companyTarget({ name, domain }: { name: string; domain: string }): SuppressionTarget {
  const [key = { kind: 'company', value: domain }] = keysOfCompany(domain);
  return { key, closedBy: keysThatGate(domain), company: name };
}

function addressTarget(words: string): SuppressionTarget {
  const email = z.email().max(200).safeParse(words.toLowerCase());
  if (!email.success) throw unclear('no-address', { words });
  return { key: { kind: 'address', value: plainAddress(email.data) }, closedBy: keysOfAddress(email.data), company: '' };
}

/** The host that was typed, in lower case without `www.`; null when it is none that companies have. */
function readDomain(words: string): string | null {
  const found = registrableDomain(words);
  if (!('domain' in found)) return null;
  const host = words.replace(/^[a-z]+:\/\//i, '').split(/[/?#:]/)[0] ?? '';
  return domainToASCII(host).replace(/^www\./, '') || found.domain;
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
