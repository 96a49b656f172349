import { type Suppression, type SuppressionKey, suppressionHash } from './suppression.ts';
import { findSuppression } from './suppression-repository.ts';
import type { SuppressionTarget } from './suppression-target.ts';

/** The entry in force that closes a target, and the key it stands under: the target's own, or its domain's or company's. */
export type Silence = { key: SuppressionKey; suppression: Suppression };

export async function findSilence(workspaceId: string, { closedBy }: Pick<SuppressionTarget, 'closedBy'>): Promise<Silence | null> {
  const suppression = await findSuppression(workspaceId, closedBy);
  const key = suppression && closedBy.find((one) => suppressionHash(workspaceId, one) === suppression.hash);
  return suppression && key ? { key, suppression } : null;
}
