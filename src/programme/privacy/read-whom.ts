import { Refusal } from '../../errors.ts';
import { registrableDomain } from '../companies/domain-name.ts';
import { getProgramme } from '../setup/programme-repository.ts';
import { networkAddress } from '../suppression/suppression.ts';
import { isOwnTarget, readTarget } from '../suppression/suppression-target.ts';
import type { KeptKind, KeptRecord, PersonalData } from './kept-data.ts';
import { bareWhom, DELETED_ADDRESS, isTheirAddress, type Whom, type WhomKey } from './whom.ts';

/** Reads an address, a web domain or the name of a company on file. Refuses `target-unclear`, also for the company that runs the programme and for
 *  the sender of its mails: without them nothing works. */
export async function readWhom(workspaceId: string, typed: string): Promise<WhomKey> {
  const { key } = await readTarget(workspaceId, typed);
  const found = key.kind === 'address' ? null : registrableDomain(key.value);
  const whom: WhomKey =
    key.kind === 'address'
      ? { kind: 'address', value: key.value }
      : { kind: 'company', value: found && 'domain' in found ? found.domain : key.value };
  const { sender } = await getProgramme(workspaceId);
  const isSender = sender !== null && isTheirAddress(bareWhom(workspaceId, whom), sender.address);
  if (isSender || (await isOwnTarget(workspaceId, whom))) throw new Refusal('target-unclear', { why: 'own-data' });
  return whom;
}

/** All by which they are told, read from everything that is kept: the company's people, the full names, the records. `data` names companies before what
 *  belongs to them, and the audit log last. */
export async function gatherWhom(workspaceId: string, key: WhomKey, data: readonly PersonalData[], known?: Whom): Promise<Whom> {
  const whom = known ?? bareWhom(workspaceId, key);
  // A name that stands in the last record may be in the first: looked through again for what was learned on the way.
  for (let before = -1, looks = 0; before < sizeOf(whom) && looks < MOST_LOOKS; looks++) {
    before = sizeOf(whom);
    for (const part of data) for await (const record of part.find(whom)) learnFrom(record, whom);
  }
  return whom;
}

const MOST_LOOKS = 4;

function sizeOf({ names, addresses, companyIds }: Whom): number {
  return names.length + addresses.length + companyIds.length;
}

/** Which kinds of records there are, and how many. */
export async function countKept(whom: Whom, data: readonly PersonalData[]): Promise<Map<KeptKind, number>> {
  const counts = new Map<KeptKind, number>();
  for (const part of data) for await (const { kind } of part.find(whom)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function learnFrom({ kind, subject, isTheirs, stored }: KeptRecord, whom: Whom): void {
  const list = isTheirs ? whom.subjects : whom.namedIn;
  if (!list.includes(subject)) list.push(subject);
  if (!isTheirs) return;
  if (kind === 'company') {
    add(whom.companyIds, String(stored._id));
    for (const name of [stored.name, stored.aliases].flat()) if (typeof name === 'string') add(whom.called, name);
  }
  if (typeof stored.companyId === 'string' && whom.key.kind === 'address') add(whom.atCompanies, stored.companyId);
  for (const person of [stored, stored.contact, stored.from]) learnPerson(person, whom, person !== stored.from);
}

/** A company's people may have a mailbox elsewhere; who answered from elsewhere may be a program of a provider. */
function learnPerson(person: unknown, whom: Whom, isNamedByUs: boolean): void {
  const { name, email, address = email } = Object(person) as { name?: unknown; email?: unknown; address?: unknown }; // looked at, not trusted
  if (typeof address !== 'string' || !address.includes('@')) return;
  const isTheirs = isTheirAddress(whom, address);
  if (!isTheirs && !(isNamedByUs && whom.key.kind === 'company')) return;
  if (address !== DELETED_ADDRESS) add(whom.addresses, networkAddress(address));
  if (typeof name === 'string' && isFullName(name)) add(whom.names, name.trim());
}

/** Two words at least; one is the first name of many. */
function isFullName(name: string): boolean {
  return name.trim().split(/\s+/).length > 1 && /\p{L}/u.test(name) && name.length <= 100;
}

function add(list: string[], one: string): void {
  if (!list.includes(one)) list.push(one);
}
