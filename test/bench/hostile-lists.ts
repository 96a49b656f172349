import { strToU8, zipSync } from 'fflate';
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
  'CSV, e-mail': (text) =>
    readCompanyFile(
      bytesOf(text, (rows) => `company,email\n${rows}`),
      'list.csv',
      new Date(),
    ).catch(refused),
  'JSON, array': (text) =>
    readCompanyFile(
      bytesOf(text, (inside) => `[{"domain":"a.com"},${inside}`),
      'list.json',
      new Date(),
    ).catch(refused),
  'JSON, object around': (text) =>
    readCompanyFile(
      bytesOf(text, (inside) => `{"results":[{"domain":"a.com"},${inside}`),
      'list.json',
      new Date(),
    ).catch(refused),
  'UTF-16': (text) =>
    readCompanyFile(
      bytesOf(text, (rows) => `domain,name\n${rows}`, utf16),
      'list.csv',
      new Date(),
    ).catch(refused),
  'Windows-1252': (text) =>
    readCompanyFile(
      bytesOf(text, (rows) => `domain,name\n\u00e9${rows}`, latin1),
      'list.csv',
      new Date(),
    ).catch(refused),
  'xlsx, one cell': (text) => readCompanyFile(bytesOf(text, asCell, workbook), 'list.xlsx', new Date()).catch(refused),
  'xlsx, rows': (text) => readCompanyFile(bytesOf(text, asRows, workbook), 'list.xlsx', new Date()).catch(refused),
  'xlsx, XML': (text) => readCompanyFile(bytesOf(text, asIs, workbook), 'list.xlsx', new Date()).catch(refused),
  'xlsx, shared texts': (text) =>
    readCompanyFile(
      bytesOf(text, (shared) => `\0${shared}`, workbook),
      'list.xlsx',
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
type Pack = (text: string) => Buffer<ArrayBuffer>;
const utf8: Pack = (text) => Buffer.from(text);
const utf16: Pack = (text) => Buffer.from(`\ufeff${text}`, 'utf16le');
const latin1: Pack = (text) => Buffer.from(text, 'latin1');
let last = { text: '', wrap: asIs, pack: utf8, bytes: Buffer.alloc(0) };

/** The product gets bytes; to make them is no part of reading, and is done for the first try only. */
function bytesOf(text: string, wrap = asIs, pack = utf8): Buffer {
  if (last.text !== text || String(last.wrap) !== String(wrap) || last.pack !== pack) last = { text, wrap, pack, bytes: pack(wrap(text)) };
  return last.bytes;
}

const HEAD = '<row><c t="inlineStr"><is><t>Domain</t></is></c><c t="inlineStr"><is><t>Tags</t></is></c></row>';
const asXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const asCell = (text: string) =>
  `${HEAD}<row><c t="inlineStr"><is><t>a.com</t></is></c><c t="inlineStr"><is><t>${asXml(text)}</t></is></c></row>`;
const asRows = (text: string) => HEAD + [...text].map((one) => `<row><c t="str"><v>${asXml(one)}</v></c></row>`).join('');

/** A workbook whose only sheet has this inside; what begins with NUL are its shared texts. */
function workbook(inside: string): Buffer<ArrayBuffer> {
  const isShared = inside.startsWith('\0');
  const parts = {
    'xl/workbook.xml': '<workbook><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/sharedStrings.xml': isShared ? `<sst><si><t>${inside.slice(1)}` : '<sst/>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${isShared ? HEAD : inside}</sheetData></worksheet>`,
  };
  return Buffer.from([...zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))]);
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
