import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { classifyReply } from '../../../src/recruit/replies/classify-reply.ts';
import { parseMail } from '../../../src/recruit/replies/parse-mail.ts';
import { splitQuoted } from '../../../src/recruit/replies/split-quoted.ts';

/** Invented mails as servers and programs write them, each with what should be read of it. Bounces without a report part, receipts and
 *  complaints are not read yet. */
const Case = z.object({
  file: z.string(),
  kind: z.string(),
  expected: z.object({ kind: z.string(), automatic: z.boolean(), visibleText: z.string().nullable(), backOn: z.string().nullable() }),
});
const folder = new URL('./cases/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder));
const ours = z.object({ subject: z.string(), text: z.string() }).parse(JSON.parse(read('ours.json').toString()));
const cases = read('mails.jsonl')
  .toString()
  .trim()
  .split('\n')
  .map((line) => Case.parse(JSON.parse(line)));
const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
/** Says that it is a notice of absence in a header of its own and nowhere else. */
const NOT_YET = new Set(['s26-away-apple.eml']);

const written = cases.filter(({ kind, file }) => ['opt-out', 'auto-reply', 'human-reply'].includes(kind) && !NOT_YET.has(file));

test('the cases are there', () => expect(written).toHaveLength(29));

test.each(written)('$file is $expected.kind', async ({ file, kind, expected }) => {
  const mail = await parseMail(read(`mails/${file}`));
  if (!mail) throw new Error('it is a mail');
  const found = classifyReply(mail, { ours, now: new Date('2026-11-17T09:00:00Z') });
  // What a person wishes is not clear without a model; that they want no more mail is.
  const isWish = kind === 'human-reply' && expected.kind !== 'opt-out';
  expect(isWish ? [expected.kind, 'other'] : [expected.kind]).toContain(found.kind);
  expect(mail.isAutomatic).toBe(expected.automatic);
  if (expected.kind === 'out-of-office') expect(found.laterUntil?.toISOString().slice(0, 10) ?? null).toBe(expected.backOn);
  if (expected.visibleText !== null) expect(inOneLine(splitQuoted(mail.text).said)).toBe(inOneLine(expected.visibleText));
});
