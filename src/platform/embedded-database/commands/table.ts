import { CommandError, errorReply } from '../command-error.ts';
import { type Doc, toBytes } from '../document.ts';
import type { Answer } from '../wire/connection.ts';
import { type Message, plainCommand } from '../wire/message.ts';
import { basics } from './basics.ts';
import { catalogue } from './catalogue.ts';
import type { Command, Engine } from './command.ts';
import { findAndModify } from './find-and-modify.ts';
import { reads } from './reads.ts';
import { writes } from './writes.ts';

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
