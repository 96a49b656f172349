import type mongoose from 'mongoose';
import { giveCompaniesStages } from './give-companies-stages.ts';
import { giveDraftsThreads } from './give-drafts-threads.ts';
import { silenceWhoAsked } from './silence-who-asked.ts';
import { splitAreas } from './split-areas.ts';
import { tellInCodes } from './tell-in-codes.ts';

/** One change of what is stored. `what` completes “this migration …”. `up` returns how many documents it changed; it may be run twice, also
 *  by two processes at once, so each write has the old shape in its filter. It speaks to the driver and brings its own words: the schemas and
 *  use cases of today change, what was stored then does not. */
export type Migration = { what: string; up: (db: mongoose.mongo.Db, at: Date) => Promise<number> };

/** Every migration there ever was, in order; the number of a version is its place here. One that has landed is never changed, moved or
 *  taken away: data of its time may still be in somebody's archive. */
export const MIGRATIONS: readonly Migration[] = [
  { what: 'gives drafts from before there were threads what a draft has now, and their threads', up: giveDraftsThreads },
  { what: 'notes on the suppression list who asked not to be contacted before there was one', up: silenceWhoAsked },
  { what: 'keeps the notes of drafts and the reasons of digests, which were sentences, under a code', up: tellInCodes },
  { what: 'says of every company to which something has happened where it stands in the pipeline', up: giveCompaniesStages },
  { what: 'adds to a corrected reading the fields that were part of another', up: splitAreas },
];
