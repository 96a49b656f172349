import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPublicAddress } from '../../../src/discover/website/network.ts';

test.each([
  '93.184.216.34',
  '8.8.8.8',
  '1.1.1.1',
  '100.63.255.255',
  '172.32.0.1',
  '2606:2800:220:1:248:1893:25c8:1946',
  '2001:4860:4860::8888',
])('%s is on the internet', (address) => expect(isPublicAddress(address)).toBe(true));

test.each([
  ...[
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
  ],
  ...['100.100.100.200', '168.63.129.16', '192.0.0.192', '192.0.2.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255'],
  ...[
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:93.184.216.34',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    'fe80::1',
  ],
  ...['fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '100::1'],
  ...[
    '',
    'localhost',
    'peatworks.example',
    '127.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '1.2.3.4.5',
    '[::1]',
    '127.0.0.1 ',
    '1.2.3.4/8',
  ],
])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));

test('no address of the private ranges is open, however it is wrapped', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.constantFrom('10', '127', '169.254', '192.168'), octet, octet, octet, (net, a, b, c) => {
      const address = [...net.split('.'), a, b, c].slice(0, 4).join('.');
      expect(isPublicAddress(address)).toBe(false);
      expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
    }),
  );
});
