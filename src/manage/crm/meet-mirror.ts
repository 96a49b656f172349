import type { Said } from '../conflicts/account.ts';
import type { Found } from '../conflicts/find-account.ts';
export type Mirrored = { id: string; said: Said; kind: 'opportunity' | 'account'; role: 'opportunity' | 'customer' | 'named' };
export async function findMirrored(_w: string, _s: Said, _at: Date): Promise<Found<Mirrored>[]> {
  return [];
}
