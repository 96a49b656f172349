import { CommandError } from '../command-error.ts';
import type { Doc } from '../document.ts';
import type { Storage } from '../store/storage.ts';
import type { Message } from '../wire/message.ts';
import type { Cursors } from './cursors.ts';

export type Engine = { storage: Storage; cursors: Cursors };
/** `command` is the command for computing; `message` has its bytes. */
export type Call = Engine & { name: string; command: Doc; database: string; message: Message };
/** A reply as a document, or as the bytes of one. */
export type Command = (call: Call) => Doc | Buffer | Promise<Doc | Buffer>;

/** `database.collection` of a command whose first field names the collection. */
export function namespaceOf({ name, command, database }: Call): string {
  const collection = command[name];
  if (typeof collection !== 'string' || collection === '') throw new CommandError(73, `Invalid namespace specified '${database}.'`);
  return `${database}.${collection}`;
}
