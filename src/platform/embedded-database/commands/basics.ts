import { asList } from '../document.ts';
import { MAX_DOCUMENT_BYTES } from '../store/collection.ts';
import { MAX_MESSAGE_BYTES } from '../wire/message.ts';
import type { Command } from './command.ts';

/** The MongoDB whose behaviour the engine shows. */
const VERSION = '7.0.0';
const WIRE_VERSION = 21;

const hello: Command = () => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  maxMessageSizeBytes: MAX_MESSAGE_BYTES,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: 1,
  minWireVersion: 0,
  maxWireVersion: WIRE_VERSION,
  readOnly: false,
  ok: 1,
});

const done: Command = () => ({ ok: 1 });

export const basics: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: done,
  endSessions: done,
  buildInfo: () => ({
    version: VERSION,
    versionArray: [...VERSION.split('.').map(Number), 0],
    gitVersion: 'embedded',
    modules: ['embedded'],
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    ok: 1,
  }),
  buildinfo: (call) => basics.buildInfo?.(call) ?? { ok: 1 },
  connectionStatus: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
  getParameter: () => ({ featureCompatibilityVersion: { version: '7.0' }, ok: 1 }),
  killSessions: done,
  refreshSessions: done,
  killCursors: ({ command, cursors }) => {
    const ids = asList(command.cursors).map(Number);
    const killed = ids.filter((id) => cursors.drop(id));
    return {
      cursorsKilled: killed,
      cursorsNotFound: ids.filter((id) => !killed.includes(id)),
      cursorsAlive: [],
      cursorsUnknown: [],
      ok: 1,
    };
  },
};
