import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { sendText } from './web-request.ts';

const FOLDER = new URL('page/', import.meta.url);

const file = (name: string): Promise<string> => readFile(new URL(name, FOLDER), 'utf8');

async function script(): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', FOLDER))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
  });
  return result.outputFiles[0]?.text ?? '';
}

const PARTS: Record<string, { read(): Promise<string>; type: string }> = {
  '/': { read: () => file('index.html'), type: 'text/html' },
  '/main.js': { read: script, type: 'text/javascript' },
  '/style.css': { read: () => file('style.css'), type: 'text/css' },
};

/** Serves the page, built anew at each load so that a change to it needs no restart. False when the path is not part of it. */
export async function servePage(response: ServerResponse, path: string): Promise<boolean> {
  const part = Object.hasOwn(PARTS, path) ? PARTS[path] : undefined;
  if (part) sendText(response, await part.read(), 200, part.type);
  return part !== undefined;
}
