import { beforeEach, expect, test } from 'vitest';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import { agreementCopy } from '../../../src/onboard/agreements/agreement-copy.ts';
import { publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import { writePdf } from '../../../src/platform/pdf.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { AT, ana, aProgramme } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { pdfText } from '../../support/pdf-text.ts';

useMongo();
beforeEach(() => aProgramme());

async function copyOf(bytes: Buffer, fileName: string | null) {
  const partner = await aPartner({}, { name: 'Quillmont Ελλάς' });
  const given = { title: 'Partner agreement', types: [], fileName, bytes, askBy: null };
  const { version } = await publishAgreement(ana, given, AT);
  const named = { versionId: version.id, name: 'Ольга Źdźbło', jobTitle: 'Head of Sales' };
  const { acceptance } = await acceptAgreement(piaOf(partner), named, AT);
  return { version, acceptance, copy: await agreementCopy(acceptance, { compress: false }) };
}

test('of a text: both parties, who, when, the hash, and every word', async () => {
  const words = 'You sell, we deliver.\n\n§ 2 Εγγύηση: twelve months. Office, affiliate, fluff.';
  const { version, copy } = await copyOf(Buffer.from(words), null);
  const text = pdfText(copy.bytes).replaceAll('\n', ' ');
  for (const part of ['Larkspur', 'Quillmont Ελλάς', 'Ольга Źdźbło, Head of Sales', '2026-11-23 09:00:00 UTC', version.hash])
    expect(text).toContain(part);
  for (const line of words.split('\n').filter(Boolean)) expect(text).toContain(line);
  expect(copy.name).toBe('agreement-1-2026-11-23.pdf');
});

test('of a PDF: the very file is inside, byte for byte', async () => {
  const bytes = Buffer.from('%PDF-1.4 these are the terms, byte for byte');
  const { copy, version } = await copyOf(bytes, 'terms.pdf');
  expect(copy.bytes.includes(bytes)).toBe(true);
  expect(pdfText(copy.bytes)).toContain('terms.pdf');
  expect(pdfText(copy.bytes).replaceAll('\n', '')).toContain(version.hash);
});

test('a letter that the font does not have is there as its number; a character that steers nothing is left out', async () => {
  const parts = [{ kind: 'text', words: 'From 李 to\u0007 you' }] as const;
  expect(pdfText(await writePdf({ title: 'A', parts, at: AT, compress: false }))).toBe('From [U+674E] to you');
});

test('a long text goes on over several pages', async () => {
  const parts = Array.from({ length: 300 }, (_, n) => ({ kind: 'text' as const, words: `Line number ${n} of many` }));
  const bytes = await writePdf({ title: 'A', parts, at: AT, compress: false });
  const lines = pdfText(bytes).split('\n');
  expect(lines).toEqual(parts.map(({ words }) => words));
  expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3);
});
