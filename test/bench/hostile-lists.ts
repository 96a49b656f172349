import { LONGEST_REQUEST, understandRequest } from '../../src/discover/find/understand-request.ts';
import { homeFacts, linkedPage, statedIntegrations } from '../../src/discover/website/page-facts.ts';
import { mayRead } from '../../src/discover/website/robots.ts';
import { visiblePage } from '../../src/discover/website/visible-text.ts';
import { Refusal } from '../../src/errors.ts';
import { readPastedDomains } from '../../src/programme/companies/import-companies.ts';
import { readCompanyFile } from '../../src/programme/companies/read-companies.ts';
import { findPage } from '../../src/slack/discover/company-pages.ts';

type Reader = (text: string) => unknown | Promise<unknown>;

/** Those of lists, pages and requests, each as the product calls it; a refusal is an answer. */
export const listReaders: Record<string, Reader> = {
  find: (text) => findPage('T0NOBODY', { from: 0, words: text }, new Date()).catch(refused),
  'find, at its longest': (text) => understandRequest(text.slice(0, LONGEST_REQUEST)),
  CSV: (text) => readCompanyFile(bytesOf(text), 'list.csv', new Date()).catch(refused),
  'CSV, rows': (text) =>
    readCompanyFile(
      bytesOf(text, (rows) => `domain,name\n${rows}`),
      'list.csv',
      new Date(),
    ).catch(refused),
  'CSV, one cell': (text) =>
    readCompanyFile(
      bytesOf(text, (cell) => `domain,tags\na.com,${cell}`),
      'list.csv',
      new Date(),
    ).catch(refused),
  JSONL: (text) =>
    readCompanyFile(
      bytesOf(text, (lines) => `{"domain":"a.com"}\n${lines}`),
      'list.jsonl',
      new Date(),
    ).catch(refused),
  'JSONL, one value': (text) =>
    readCompanyFile(
      bytesOf(text, (tags) => JSON.stringify({ domain: 'a.com', tags })),
      'list.jsonl',
      new Date(),
    ).catch(refused),
  domains: (text) => readPastedDomains(text).catch(refused),
  HTML: (text) => readPage(text),
  'HTML, body': (text) => readPage(`<title>A - b</title><body><p>Integrates with ${text}</p><a href="/partners">${text}</a>`),
  'HTML, attribute': (text) =>
    readPage(`<p class="${text}" style="${text}"><a href="${text}">x</a><meta name=description content="${text}">`),
  'HTML, style': (text) => readPage(`<style>${text}</style><p>x</p>`),
  robots: (text) => mayRead(text, '/partners'),
  'robots, rule': (text) => mayRead(`User-agent: *\nDisallow: ${text}`, `/${'a'.repeat(1_000)}`),
};

const asIs = (text: string) => text;
let last = { text: '', wrap: asIs, bytes: Buffer.alloc(0) };

/** The product gets bytes; to make them is no part of reading, and is done for the first try only. */
function bytesOf(text: string, wrap = asIs): Buffer {
  if (last.text !== text || String(last.wrap) !== String(wrap)) last = { text, wrap, bytes: Buffer.from(wrap(text)) };
  return last.bytes;
}

async function readPage(html: string): Promise<void> {
  const page = await visiblePage(html);
  homeFacts(page);
  statedIntegrations(page);
  linkedPage(page, 'https://a.example/', 'partner');
}

function refused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}
