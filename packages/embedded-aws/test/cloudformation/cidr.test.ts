import { cidrBlocks } from '../../src/cloudformation/cidr';

// The first two are the documentation's own.
describe('Fn::Cidr', () => {
  it.each([
    [['192.168.0.0/24', '6', '5'], [0, 32, 64, 96, 128, 160].map((last) => `192.168.0.${last}/27`)],
    [
      ['10.0.7.9/16', 2, 8],
      ['10.0.0.0/24', '10.0.1.0/24'],
    ],
    [
      ['2600:1f18:abc:de00::/56', 2, 64],
      ['2600:1f18:abc:de00::/64', '2600:1f18:abc:de01::/64'],
    ],
    [['::/0', 1, 127], ['::/1']],
    [['10.0.0.0/30', 1], ['10.0.0.0/30']],
  ])('of %j', (argument, blocks) => {
    expect(cidrBlocks(argument)).toEqual(blocks);
  });

  it.each([
    [['10.0.0/16', 1, 8]],
    [['10.0.0.0/33', 1, 8]],
    [['10.0.0.0/16', 0, 8]],
    [['10.0.0.0/16', 257, 1]],
    [['10.0.0.0/24', 9, 5]],
    [['10.0.0.0/24', 1, 9]],
    ['10.0.0.0/24'],
  ])('refuses %j', (argument) => {
    expect(() => cidrBlocks(argument)).toThrow('Template error: ');
  });
});
