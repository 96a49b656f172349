import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Json, jsonOf, listOf, textOf } from './json.ts';
import { visibleMessages } from './state.ts';
import { bodyOf, sendText } from './web-request.ts';
import type { World } from './world.ts';

/** Uploads what a person chose in a `file_input`. Returns Slack's file object. */
export async function uploadFile(world: World, personId: string, name: string, bytes: Uint8Array): Promise<Json> {
  const { emulator } = world;
  const place = await emulator.call('files.getUploadURLExternal', { filename: name, length: bytes.length }, personId);
  const id = textOf(place.file_id);
  // A copy, because fetch wants bytes that are not shared memory.
  await emulator.fetch(`/upload/v1/${id}`, { method: 'POST', body: new Uint8Array(bytes) }, personId);
  const done = await emulator.call('files.completeUploadExternal', { files: [{ id, title: name }] }, personId);
  world.files.set(id, personId);
  return listOf(done.files)[0] ?? jsonOf(done);
}

/** `url_private_download`: for the bot's token only, as Slack asks. */
export async function download(world: World, request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  if (request.headers.authorization !== `Bearer ${world.cast.app.botToken}`) {
    // Slack answers with its sign-in page, not with an error.
    sendText(response, '<!DOCTYPE html><title>Sign in to Slack</title>', 200, 'text/html');
    return;
  }
  const id = /\/files-pri\/([^/]+)\//.exec(path)?.[1] ?? '';
  await pass(await world.emulator.fetch(path, {}, world.files.get(id)), response);
}

/** A file the app sent, for a person who can see its message; null when there is none. */
export async function sentFile(world: World, personId: string, id: string): Promise<{ name: string; bytes: Buffer } | null> {
  const file = visibleMessages(world, personId)
    .flatMap(({ files }) => files)
    .find((one) => one.id === id);
  if (!file) return null;
  const info = jsonOf((await world.emulator.call('files.info', { file: id })).file);
  const { pathname, search } = new URL(textOf(info.url_private_download));
  const answer = await world.emulator.fetch(pathname + search, {});
  return { name: file.name, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** The address `files.getUploadURLExternal` gave to the app. */
export async function takeUpload(world: World, request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const headers = { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' };
  await pass(await world.emulator.fetch(path, { method: 'POST', body: new Uint8Array(await bodyOf(request)), headers }), response);
}

async function pass(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/octet-stream' });
  response.end(Buffer.from(await answer.arrayBuffer()));
}
