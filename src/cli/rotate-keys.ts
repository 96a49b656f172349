import { dataKeys } from '../config.ts';
import { CommandError } from '../errors.ts';
import { aboutSecret } from '../measure/links/link-rules.ts';
import { eachLinkRules, replaceSecret } from '../measure/links/link-rules-repository.ts';
import { resealed } from '../onboard/payment-details/payment-details.ts';
import { eachPayment, replaceSealed } from '../onboard/payment-details/payment-repository.ts';
import { seal, unseal } from '../platform/seal.ts';
import { withDatabase } from './with-database.ts';

/** `rotate-keys`: seals all payment details, and what conversions are signed with, anew with `DATA_KEY`, opening what `DATA_KEY_OLD` sealed. Safe to repeat and to break off. What no key
 *  opens stays as it is and is counted; exit code 1 then. */
export async function runRotateKeys(print: (line: string) => void): Promise<void> {
  await withDatabase(async (config) => {
    const keys = dataKeys(config);
    if (keys.length === 0) throw new CommandError('Set DATA_KEY to the new key and DATA_KEY_OLD to the one before, then try again.');
    const counts = { anew: 0, already: 0, closed: 0 };
    for await (const details of eachPayment()) {
      for (const which of ['current', 'pending'] as const) {
        const entry = details[which];
        if (!entry) continue;
        const to = tryReseal(entry, keys);
        if (to === 'closed') counts.closed++;
        else if (to === null) counts.already++;
        else if (await replaceSealed(details, which, { from: entry.sealed, to })) counts.anew++;
      }
    }
    for await (const rules of eachLinkRules()) {
      for (const which of ['secret', 'stripe'] as const) {
        const from = rules[which]?.sealed;
        if (!from) continue;
        const to = trySecret(from, keys, aboutSecret(rules.workspaceId, which));
        if (to === 'closed') counts.closed++;
        else if (to === null) counts.already++;
        else if (await replaceSecret(rules.workspaceId, which, { from, to })) counts.anew++;
      }
    }
    print(`${counts.anew} sealed anew, ${counts.already} were already, ${counts.closed} that no key opens.`);
    if (counts.closed > 0) process.exitCode = 1;
    else print('DATA_KEY_OLD can go now.');
  });
}

function tryReseal(entry: Parameters<typeof resealed>[0], keys: readonly string[]): string | null {
  try {
    return resealed(entry, keys);
  } catch {
    // Told in the count: one that is lost keeps no other from its new key.
    return 'closed';
  }
}

/** Null when the first key seals it already. */
function trySecret(sealed: string, keys: readonly string[], about: string): string | null {
  const [key = ''] = keys;
  try {
    unseal(sealed, [key], about);
    return null;
  } catch {
    // Sealed with an elder key, or with one that is lost.
  }
  try {
    return seal(unseal(sealed, keys, about), key, about);
  } catch {
    return 'closed';
  }
}
