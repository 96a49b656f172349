import { type Doc, toBytes } from '../document.ts';
import { CommandError, errorReply } from '../errors.ts';
import type { Storage } from '../store/storage.ts';
import type { Answer } from '../wire/connection.ts';
import { type Message, plainCommand } from '../wire/message.ts';
import { basics } from './basics.ts';
import { catalogue } from './catalogue.ts';
import type { Cursors } from './cursors.ts';
import { findAndModify } from './find-and-modify.ts';
import { reads } from './reads.ts';
import { writes } from './writes.ts';

type Engine = { storage: Storage; cursors: Cursors };
/** `command` is the command for computing; `message` has its bytes. */
export type Call = Engine & { name: string; command: Doc; database: string; message: Message };
/** A reply as a document, or as the bytes of one. */
export type Command = (call: Call) => Doc | Buffer | Promise<Doc | Buffer>;

/** Every command the engine knows, under the name the driver sends. */
const commands = new Map<string, Command>(
  Object.entries({ ...basics, ...reads, ...writes, ...catalogue, findAndModify, findandmodify: findAndModify }),
);

/** Carries messages out; what is refused is an answer too. */
export function answersOf(engine: Engine): Answer {
  return async (message) => {
    const reply = await carriedOut(engine, message).catch(errorReply);
    return message.answer?.(Buffer.isBuffer(reply) ? reply : toBytes(reply)) ?? null;
  };
}

async function carriedOut(engine: Engine, message: Message): Promise<Doc | Buffer> {
  const command = plainCommand(message);
  const [name = ''] = Object.keys(command);
  const run = commands.get(name);
  if (!run) throw new CommandError(59, `no such command: '${name}'`);
  if (command.startTransaction !== undefined || command.autocommit !== undefined || command.txnNumber !== undefined) {
    throw new CommandError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  const database = typeof command.$db === 'string' ? command.$db : 'admin';
  return run({ ...engine, name, command, database, message });
}

/** `database.collection` of a command whose first field names the collection. */
export function namespaceOf({ name, command, database }: Call): string {
  const collection = command[name];
  if (typeof collection !== 'string' || collection === '') throw new CommandError(73, `Invalid namespace specified '${database}.'`);
  return `${database}.${collection}`;
}
