import mongoose from 'mongoose';

// Every write is held to its schema, those that change a stored document too: a status that is none never reaches the database.
mongoose.set('runValidators', true);

/** Options of a schema that describes a part of a document: no field more than it names, no id of its own, nothing left out because it is
 *  empty. A text that may be empty is not `required`: mongoose takes an empty one for none. */
export const PART = { _id: false, id: false, strict: 'throw', minimize: false } as const;
