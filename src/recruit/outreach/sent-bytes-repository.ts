import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import type { PersonalData, Stored } from '../../programme/privacy/kept-data.ts';
import type { Draft } from './draft.ts';

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

/** The bytes of the attempt that a draft names; null when there was none, or none that may have left. */
export async function findBytes({ workspaceId, id, messageId }: Pick<Draft, 'workspaceId' | 'id' | 'messageId'>): Promise<Buffer | null> {
  const approvalId = messageId?.split('@')[0];
  if (!approvalId) return null;
  const found = await BytesModel.findOne({ _id: approvalId, workspaceId, draftId: id }).lean();
  return found && toBuffer(found.bytes);
}

/** A lean document has the driver's Binary where the schema says Buffer. */
function toBuffer(stored: unknown): Buffer {
  if (Buffer.isBuffer(stored)) return stored;
  if (stored instanceof mongoose.mongo.Binary) return Buffer.from(stored.buffer.subarray(0, stored.position));
  throw new Error('the bytes of a mail are not stored as bytes');
}

/** The mails of drafts that are theirs. What left to somebody else stays byte for byte, also where it names them: it is that person's mail, and the
 *  proof of what was sent. */
export const bytesData: PersonalData = {
  collection: BytesModel.collection.name,
  find: async function* ({ workspaceId, subjects }) {
    const filter = { workspaceId, draftId: { $in: draftsOf(subjects) } };
    for await (const found of BytesModel.collection.find(filter).batchSize(50)) {
      const stored: Stored = found;
      yield {
        kind: 'bytes',
        subject: `bytes:${stored._id}`,
        isTheirs: true,
        stored,
        shown: { ...stored, bytes: toBuffer(stored.bytes).toString() },
      };
    }
  },
  erase: async ({ workspaceId, subjects }, which) => {
    if (which === 'named') return { found: 0, changed: 0 };
    const { deletedCount } = await BytesModel.deleteMany({ workspaceId, draftId: { $in: draftsOf(subjects) } });
    return { found: deletedCount, changed: deletedCount };
  },
};

function draftsOf(subjects: readonly string[]): string[] {
  return subjects.flatMap((subject) => /^draft:(.+)$/.exec(subject)?.[1] ?? []);
}
