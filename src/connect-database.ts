import mongoose from 'mongoose';

/** Connects mongoose and waits for the indexes: the unique ones keep doubles out, so they must stand before the first write.
 *  Throws a sentence for the operator when no server answers within `timeoutMs`; the same limit holds for every later query. */
export async function connectDatabase(uri: string, timeoutMs = 2000): Promise<void> {
  try {
    await mongoose.connect(uri, { serverSelectionTimeoutMS: timeoutMs });
  } catch (cause) {
    throw new Error('The database does not answer. Start MongoDB, or correct MONGODB_URI; `npm run -s cli -- doctor` checks the rest.', {
      cause,
    });
  }
  await Promise.all(Object.values(mongoose.models).map((model) => model.init()));
}
