import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const files = ['src', 'jobs', 'blocks', 'prompts'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('embedded-database/'))
    .map((file) => `${folder}/${file}`),
);

/** A loop that says nowhere when it ends. */
const ENDLESS = /\bfor \([^;)]*;\s*;|\bwhile \((true|1|!false)\)/;

test('outside of the embedded database no loop goes on until something happens', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => ENDLESS.test(readFileSync(new URL(file, ROOT), 'utf8')))).toEqual([]);
  expect(['for (;;) {', 'while (true) {', 'for (let n = 0; ; n++) {'].every((loop) => ENDLESS.test(loop))).toBe(true);
});
