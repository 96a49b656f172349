import { randomBytes } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { isTheirAddress } from '../../programme/privacy/whom.ts';
import { plainAddress, suppressionHash } from '../../programme/suppression/suppression.ts';
import type { Draft } from '../outreach/draft.ts';
import { LANGUAGES, Language } from '../writing/writing.ts';

/** Whom an opt-out link of a mail speaks for. Nothing takes it away: not an edit of the draft, not another contact, not its deletion. After the person's
 *  own deletion the address is empty and `hash` stands for it, as on the list of silence: the link works as before. */
export const OptOutLink = z.object({ workspaceId: z.string(), address: z.string(), hash: z.string().optional(), language: Language });
export type OptOutLink = z.infer<typeof OptOutLink>;

const linkSchema = new Schema(
  {
    /** The token in the link. */
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    /** As `plainAddress` gives it. */
    address: { type: String, required: true },
    hash: String,
    language: { type: String, enum: LANGUAGES, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'opt-out-links' },
);

const LinkModel = mongoose.model('OptOutLink', linkSchema);

/** 128 random bits: nobody can guess another's link. */
export function newOptOutToken(): string {
  return randomBytes(16).toString('base64url');
}

/** Called before a mail is handed over: what may have left can be answered for ever. A token keeps the address it was first kept for. */
export async function keepOptOutLink(
  draft: Pick<Draft, 'workspaceId' | 'language' | 'optOutToken'> & { contact: Pick<Draft['contact'], 'email'> },
  at: Date,
): Promise<void> {
  const { workspaceId, contact, language, optOutToken } = draft;
  const link = { workspaceId, address: plainAddress(contact.email), language, at };
  await LinkModel.updateOne({ _id: optOutToken }, { $setOnInsert: link }, { upsert: true });
}

/** Of any workspace, because nobody logs in to say no. */
export async function findOptOutLink(token: string): Promise<OptOutLink | null> {
  const found = await LinkModel.findById(token).lean();
  return found && OptOutLink.parse(found);
}

export const linkData = keptData({
  model: LinkModel,
  noun: 'link',
  kind: 'link',
  isTheirs: ({ address }, whom) => isTheirAddress(whom, String(address)),
  emptied: ({ address }, { workspaceId }) => ({
    address: '',
    hash: suppressionHash(workspaceId, { kind: 'address', value: plainAddress(String(address)) }),
  }),
});
