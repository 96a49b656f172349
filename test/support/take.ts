import { addHours } from 'date-fns';
import mongoose from 'mongoose';
import { keysOfAddress } from '../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../src/programme/suppression/suppression-repository.ts';
import { takeMail } from '../../src/recruit/replies/take-mail.ts';
import { AT, HOME } from './builders.ts';

export const LATER = addHours(AT, 3);
const now = () => LATER;
/** In how many workspaces a mail that was left with none could have been an answer. */
export const ambiguous: number[] = [];
export const onAmbiguous = (workspaces: number) => void ambiguous.push(workspaces);
export const take = (bytes: Buffer, receivedAt = LATER) => takeMail(bytes, receivedAt, now, onAmbiguous);
export const silenced = (address: string, workspaceId = HOME) => findSuppression(workspaceId, keysOfAddress(address));

/** Everything stored, to see that nothing was. */
export async function stored(): Promise<string> {
  const all = await Promise.all(Object.values(mongoose.models).map((model) => model.find({}).sort({ _id: 1 }).lean<object[]>()));
  return JSON.stringify(all);
}
