import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type FileObject, readCrmFile } from '../../../src/manage/crm/read-crm-file.ts';
import { AT } from '../../support/builders.ts';

const read = <O extends FileObject>(object: O, ...lines: string[]) => readCrmFile(Buffer.from(lines.join('\n')), 'crm.csv', object, AT);
const OURS = 'opportunity_id,account_name,website,contact_domain,city,country,stage,amount_eur,owner,created,expected_close';

describe('opportunities', () => {
  test('as our own template has them', async () => {
    const { records, unread } = await read(
      'opportunities',
      OURS,
      'O-1,Acme GmbH,HTTPS://WWW.acme.example/,acme-group.example,Bonn,DE,Proposal,"8,800",rep-1,2026-01-05,2026-12-30',
    );
    expect(unread).toBe(0);
    expect(records).toEqual([
      {
        ...{ sourceId: 'O-1', accountId: null, accountName: 'Acme GmbH', aliases: [], domains: ['acme.example', 'acme-group.example'] },
        ...{ country: 'DE', city: 'Bonn', name: 'Acme GmbH', stage: 'Proposal', state: 'open', value: { minor: 880_000, currency: 'EUR' } },
        ...{
          ownerId: 'rep-1',
          createdAt: new Date('2026-01-05'),
          lastActivityAt: null,
          closeOn: '2026-12-30',
          closedAt: null,
          changedAt: AT,
        },
      },
    ]);
  });

  test('as Salesforce exports them', async () => {
    const titles = 'Opportunity ID;Opportunity Name;Account Name;Account ID;Stage;Amount Currency;Amount;Close Date;Billing Country';
    const { records } = await read('opportunities', titles, '006x;Acme, 40 seats;Acme;001x;Closed Won;USD;1234.50;2026-10-01;Germany');
    expect(records).toMatchObject([
      {
        ...{ sourceId: '006x', name: 'Acme, 40 seats', accountName: 'Acme', accountId: '001x', state: 'won', country: 'DE' },
        ...{ value: { minor: 123_450, currency: 'USD' }, closedAt: new Date('2026-10-01') },
      },
    ]);
  });

  test('as HubSpot exports them', async () => {
    const titles = 'Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Currency,Associated Company,Associated Company IDs';
    const { records } = await read('opportunities', titles, '77,Acme renewal,closedlost,2026-10-01 09:30,Sol Berg,500,GBP,Acme,9');
    expect(records).toMatchObject([{ sourceId: '77', accountName: 'Acme', accountId: '9', state: 'lost', ownerId: 'Sol Berg' }]);
  });

  test.each([
    ['a sum without a currency', 'id,account_name,stage,amount', '1,Acme,Open,500', { value: null }],
    ['a day that may be two', 'id,account_name,stage,expected_close', '1,Acme,Open,03/04/2027', { closeOn: null }],
    ['free mail', 'id,account_name,stage,contact_domain', '1,Acme,Open,gmail.com', { domains: [] }],
    ['a stage that only sounds like the last', 'id,account_name,stage', '1,Acme,Lost contact', { state: 'open' }],
    ['a name with links and mentions', 'id,account_name,stage', '1,Acme <!channel> https://evil.example,Open', { accountName: 'Acme' }],
  ])('%s is not guessed at', async (_what, titles, row, expected) => {
    expect((await read('opportunities', titles, row)).records).toMatchObject([expected]);
  });

  test('rows without an id or a customer are counted, with their lines', async () => {
    const { records, unread, firstUnread } = await read(
      'opportunities',
      OURS,
      ',Acme,,,,,Open,1,r,,',
      'O-2,,,,,,Open,1,r,,',
      'O-3,Oak,,,,,Open,1,r,,',
    );
    expect([records.length, unread, firstUnread]).toEqual([1, 2, [2, 3]]);
  });

  test.each([
    ['no stage', 'opportunity_id,account_name', 'stage'],
    ['no id', 'account_name,stage,website', 'opportunity_id'],
  ])('a file with %s is refused and says which column', async (_what, titles, missing) => {
    await expect(read('opportunities', titles, 'a,b,c')).rejects.toMatchObject({ code: 'crm-columns-missing', details: { missing } });
  });
});

test('accounts with customers and named ones', async () => {
  const { records } = await read(
    'accounts',
    'account_id,account_name,website,country,is_customer,named_account,aliases,owner',
    'A1,Acme GmbH,acme.example,DE,true,no,Acme|Acme Deutschland,rep-1',
    'A2,Oakfield,oakfield.example,GB,no,yes,,rep-2',
  );
  expect(records).toMatchObject([
    {
      sourceId: 'A1',
      name: 'Acme GmbH',
      domains: ['acme.example'],
      isCustomer: true,
      isNamed: false,
      aliases: ['Acme', 'Acme Deutschland'],
    },
    { sourceId: 'A2', isCustomer: false, isNamed: true, country: 'GB', ownerId: 'rep-2' },
  ]);
});

const SHARED = new URL('../../../../shared/data/crm-opportunities.csv', import.meta.url);
(existsSync(SHARED) ? test : test.skip)('all 5,000 opportunities of the shared file are read', async () => {
  const { records, unread } = await readCrmFile(readFileSync(SHARED), 'crm-opportunities.csv', 'opportunities', AT);
  expect([records.length, unread]).toEqual([5000, 0]);
  expect(records.every(({ value }) => value?.currency === 'EUR')).toBe(true);
});
