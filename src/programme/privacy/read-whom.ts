import { Refusal } from '../../errors.ts';
import { registrableDomain } from '../companies/domain-name.ts';
import { getProgramme } from '../setup/programme-repository.ts';
import { isOwnTarget, readTarget } from '../suppression/suppression-target.ts';
import type { KeptKind, KeptRecord, PersonalData } from './kept-data.ts';
import { bareWhom, isTheirAddress, type Whom, type WhomKey } from './whom.ts';

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

/** All by which they are told, read from everything that is kept, and how many records there are of each kind. `data` names companies before what
 *  belongs to them, and the audit log last. */
export async function gatherWhom(
  workspaceId: string,
  key: WhomKey,
  data: readonly PersonalData[],
): Promise<{ whom: Whom; counts: Map<KeptKind, number> }> {
  const whom = bareWhom(workspaceId, key);
  const counts = new Map<KeptKind, number>();
  for (const part of data)
    for await (const record of part.find(whom)) {
      counts.set(record.kind, (counts.get(record.kind) ?? 0) + 1);
      learnFrom(record, whom);
    }
  return { whom, counts };
}

function learnFrom({ kind, subject, isTheirs, userIds = [], stored }: KeptRecord, whom: Whom): void {
  for (const one of userIds) add(whom.userIds, one);
  add(isTheirs ? whom.subjects : whom.namedIn, subject);
  if (!isTheirs) return;
  if (kind === 'company') {
    add(whom.companyIds, String(stored._id));
    for (const name of [stored.name, stored.aliases].flat()) if (typeof name === 'string' && name) add(whom.called, name);
  }
  if (typeof stored.companyId === 'string' && whom.key.kind === 'address') add(whom.atCompanies, stored.companyId);
}

function add(list: string[], one: string): void {
  if (!list.includes(one)) list.push(one);
}

/** Everything that is kept of somebody as readable JSON, by kind: records about them in full, of all others the passages that name them. */
export async function exportWhom(workspaceId: string, key: WhomKey, data: readonly PersonalData[], at: Date): Promise<Buffer> {
  const { whom } = await gatherWhom(workspaceId, key, data);
  const records: Record<string, unknown[]> = {};
  for (const part of data)
    for await (const { kind, isTheirs, shown } of part.find(whom)) {
      const name = isTheirs ? kind : `named in ${kind}`;
      records[name] ??= [];
      records[name].push(shown);
    }
  return Buffer.from(`${JSON.stringify({ about: key.value, exportedAt: at, records }, null, 2)}\n`);
}
