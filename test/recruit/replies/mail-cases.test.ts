import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runReadMail } from '../../../src/cli/read-mail.ts';

/** Invented mails as servers and programs write them, each with what should be read of it; read as `read-mail` does. */
const Expected = z.object({
  kind: z.string(),
  automatic: z.boolean(),
  recipient: z.string().nullable(),
  status: z.string().nullable(),
  hard: z.boolean().nullable(),
  suppress: z.boolean(),
  visibleText: z.string().nullable(),
  backOn: z.string().nullable(),
});
const Case = z.object({ file: z.string(), kind: z.string(), writtenTo: z.string(), expected: Expected });
const Told = Expected.extend({ sentence: z.string(), readBy: z.enum(['rules', 'model']) }).strict();
const folder = new URL('./cases/', import.meta.url);
const pathOf = (name: string) => fileURLToPath(new URL(name, folder));
const cases = readFileSync(pathOf('mails.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => Case.parse(JSON.parse(line)));

/** Files that are read wrongly, each with why; one that is read rightly must leave. */
const MISSED: Readonly<Record<string, string>> = {};

async function told(file: string, writtenTo: string) {
  const lines: string[] = [];
  await runReadMail([pathOf(`mails/${file}`), '--ours', pathOf('ours.json'), '--to', writtenTo, '--json'], (line) => lines.push(line));
  return Told.parse(JSON.parse(lines.join('\n')));
}

test('the cases are there', () => expect(cases).toHaveLength(52));

describe.each(cases)('$file', ({ file, kind, writtenTo, expected }) => {
  const isRight = async () => {
    const { sentence, readBy, ...found } = await told(file, writtenTo);
    const isPerson = kind === 'human-reply';
    // What a person wishes is not clear without a model; that they want no more mail is.
    const isOpen = isPerson && expected.kind !== 'opt-out' && found.kind === 'other';
    const inOneLine = (text: string | null) => text?.replace(/\s+/g, ' ').trim();
    expect({ ...found, visibleText: inOneLine(found.visibleText) }).toMatchObject({
      automatic: expected.automatic,
      suppress: expected.suppress,
      ...(isOpen ? {} : { kind: expected.kind }),
      ...(['bounce', 'receipt', 'complaint'].includes(expected.kind)
        ? { recipient: expected.recipient, status: expected.status, hard: expected.hard }
        : {}),
      ...(isPerson ? { visibleText: inOneLine(expected.visibleText) } : {}),
      ...(expected.kind === 'out-of-office' ? { backOn: expected.backOn } : {}),
    });
  };
  const why = MISSED[file];
  if (why === undefined) test(`is ${expected.kind}`, isRight);
  else test(`is not read yet: ${why}`, async () => expect(isRight()).rejects.toThrow());
});
