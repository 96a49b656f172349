import { createServer } from 'node:http';
import { startEmbeddedDatabase } from '../../src/platform/embedded-database/index.ts';

/** The embedded database of DATA_DIR in a process of its own; says over HTTP where it is and how many milliseconds it took to start. */
const from = performance.now();
const { uri, stop } = await startEmbeddedDatabase(process.env.DATA_DIR ?? '');
const took = performance.now() - from;
const answers: Record<string, string> = { '/uri': uri, '/started': String(took), '/healthz': 'ok' };
const server = createServer((request, response) => response.end(answers[request.url ?? '']));
server.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('{"msg":"ready"}\n'));
process.once('SIGTERM', () => void stop().then(() => process.exit(0)));
