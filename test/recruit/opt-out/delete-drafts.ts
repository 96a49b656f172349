import mongoose from 'mongoose';

/** What a deletion request may leave of outreach: nothing but the links and the suppression list. */
export async function deleteDrafts(): Promise<void> {
  for (const name of ['drafts', 'threads', 'companies', 'sent-bytes']) await mongoose.connection.collection(name).deleteMany({});
}
