import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import { keptData } from '../privacy/kept-data.ts';
import { isTheirAddress } from '../privacy/whom.ts';
import { listSilenced } from '../suppression/suppression-repository.ts';
import { CONTACT_SOURCES, Contact, MOST_LISTED, type NewContact } from './contact.ts';

const sourcePart = new Schema(
  {
    kind: { type: String, enum: CONTACT_SOURCES, required: true },
    file: String,
    line: Number,
    said: String,
    by: String,
    replyId: String,
  },
  PART,
);

const contactSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    companyId: { type: String, required: true },
    email: { type: String, required: true },
    name: { type: String, default: '' },
    role: { type: String, default: '' },
    country: { type: String, default: '' },
    source: { type: sourcePart, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, collection: 'contacts' },
);
contactSchema.index({ workspaceId: 1, companyId: 1, email: 1 }, { unique: true });

const ContactModel = mongoose.model('Contact', contactSchema);

/** Written at once: more would keep others waiting. */
const BATCH = 100;
/** Each round settles every address that nobody else inserts in that very moment. */
const MAX_ROUNDS = 10;

/** Keeps people of one company. An address that is known keeps the source it first had; what is said of its person anew replaces what was
 *  known, and what is empty erases nothing. Whoever is under silence is not taken in; returns how many those are. May run twice and at once. */
export async function saveContacts(workspaceId: string, companyId: string, contacts: readonly NewContact[]): Promise<number> {
  return saveAllContacts(workspaceId, [{ companyId, contacts }]);
}

/** As `saveContacts`, for several companies. */
export async function saveAllContacts(
  workspaceId: string,
  companies: readonly { companyId: string; contacts: readonly NewContact[] }[],
): Promise<number> {
  const people = companies.flatMap(({ companyId, contacts }) => contacts.map((contact) => ({ companyId, contact })));
  let left = 0;
  for (let done = 0; done < people.length; done += BATCH) {
    const some = people.slice(done, done + BATCH);
    const silenced = await listSilenced(
      workspaceId,
      some.map(({ contact }) => contact.email),
    );
    const open = some.filter(({ contact }) => !silenced.has(contact.email));
    await writeAll(open.map(({ companyId, contact }) => saving(workspaceId, companyId, contact)));
    left += some.length - open.length;
  }
  return left;
}

async function writeAll(writes: mongoose.AnyBulkWriteOperation[]): Promise<void> {
  for (let round = 0; writes.length > 0; round++) {
    try {
      await ContactModel.bulkWrite(writes, { ordered: false, throwOnValidationError: true });
      return;
    } catch (error) {
      // Somebody else inserted the address first: the next round finds it there.
      if (!isDuplicateKey(error) || round === MAX_ROUNDS) throw error;
    }
  }
}

function saving(workspaceId: string, companyId: string, { email, source, at, ...said }: NewContact): mongoose.AnyBulkWriteOperation {
  const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''));
  const unknown = Object.fromEntries(Object.entries(said).filter(([, value]) => value === ''));
  const update = { $setOnInsert: { source, at, ...unknown }, ...(Object.keys(known).length > 0 ? { $set: known } : {}) };
  return { updateOne: { filter: { workspaceId, companyId, email }, update, upsert: true } };
}

/** The people of a company who may be offered to be written to, oldest first: whoever came under silence later is kept and not named. At
 *  most `MOST_LISTED`. */
export async function listContacts(workspaceId: string, companyId: string): Promise<Contact[]> {
  const stored = await ContactModel.find({ workspaceId, companyId }).sort({ at: 1, _id: 1 }).limit(MOST_LISTED).lean();
  const contacts = stored.map(({ _id, ...contact }) => Contact.parse(contact));
  const silenced = await listSilenced(
    workspaceId,
    contacts.map(({ email }) => email),
  );
  return contacts.filter(({ email }) => !silenced.has(email));
}

/** Gives the people of these companies to the workspace that their companies move to. */
export async function moveContacts(from: string, to: string, companyIds: readonly string[]): Promise<void> {
  await ContactModel.updateMany({ workspaceId: from, companyId: { $in: companyIds } }, { $set: { workspaceId: to } });
}

export const contactData = keptData({
  model: ContactModel,
  noun: 'contact',
  kind: 'contact',
  isTheirs: ({ companyId, email }, whom) => whom.companyIds.includes(String(companyId)) || isTheirAddress(whom, String(email)),
});
