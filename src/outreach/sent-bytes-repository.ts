import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../duplicate-key.ts';

/** The exact bytes of each mail, kept from before the first attempt on: every attempt sends the same. */
const bytesSchema = new Schema(
  {
    /** The approval's id. */
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    draftId: { type: String, required: true },
    bytes: { type: Buffer, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'sent-bytes' },
);
bytesSchema.index({ workspaceId: 1, draftId: 1, at: -1 });

const BytesModel = mongoose.model('SentBytes', bytesSchema);

/** Keeps the bytes of an approval's mail, or gives those that are kept already. */
export async function keepBytes(
  { workspaceId, draftId, approvalId }: { workspaceId: string; draftId: string; approvalId: string },
  bytes: Buffer,
  at: Date,
): Promise<Buffer> {
  const fresh = { workspaceId, draftId, bytes, at };
  const insert = { $setOnInsert: fresh };
  const keep = () => BytesModel.findOneAndUpdate({ _id: approvalId }, insert, { upsert: true, returnDocument: 'after' }).lean();
  // Two workers that insert at the same moment collide, and the second then finds the first one's.
  const kept = await keep().catch((error: unknown) => {
    if (isDuplicateKey(error)) return keep();
    throw error;
  });
  return toBuffer(kept.bytes);
}

/** What was handed to the mail server last for this draft; null when nothing was. */
export async function findBytes(workspaceId: string, draftId: string): Promise<Buffer | null> {
  const found = await BytesModel.findOne({ workspaceId, draftId }).sort({ at: -1 }).lean();
  return found && toBuffer(found.bytes);
}

/** A lean document has the driver's Binary where the schema says Buffer. */
function toBuffer(stored: unknown): Buffer {
  if (Buffer.isBuffer(stored)) return stored;
  if (stored instanceof mongoose.mongo.Binary) return Buffer.from(stored.buffer.subarray(0, stored.position));
  throw new Error('the bytes of a mail are not stored as bytes');
}
