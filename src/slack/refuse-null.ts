import type { IncomingMessage, RequestListener } from 'node:http';
import { parse } from 'node:querystring';

/** As Bolt's own limit. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Bolt takes whatever it has parsed for an object; a body of JSON `null`, even rightly signed, throws where nothing catches it and
 *  would end the process. It is answered here with 400; every other body goes on to Bolt, which checks the signature. */
export function refuseNull(listener: RequestListener): RequestListener {
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method !== 'POST' || pathname !== '/slack/events') return listener(request, response);
    const refuse = (status: number) => void response.writeHead(status, { connection: 'close' }).end();
    readBody(request).then(
      (rawBody) => {
        if (rawBody === null) return refuse(413);
        if (isNull(rawBody.toString(), request.headers['content-type'])) return refuse(400);
        // Bolt reads `rawBody` instead of the stream when it is there.
        listener(Object.assign(request, { rawBody }), response);
      },
      () => refuse(400),
    );
  };
}

/** The bytes of a body; null when they are too many. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isNull(body: string, contentType: string | undefined): boolean {
  if (contentType !== 'application/x-www-form-urlencoded') return body.trim() === 'null';
  const { payload } = parse(body);
  return typeof payload === 'string' && payload.trim() === 'null';
}
