import { BlockList, isIP } from 'node:net';

/** Whether webhooks may be sent to an IP address. */
export type AddressCheck = (address: string) => boolean;

type Network = readonly [address: string, prefix: number];

/**
 * IPv4 networks that are not the public internet: this host, private networks, link-local with the metadata service of
 * clouds, documentation, multicast and reserved (https://www.iana.org/assignments/iana-ipv4-special-registry).
 */
const specialIpv4: readonly Network[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Of IPv6, 2000::/3 is the public internet, apart from these: among them tunnels, which lead to IPv4 addresses. */
const publicIpv6: Network = ['2000::', 3];
const specialIpv6: readonly Network[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/** Allows the public internet, and these networks, which are written like `10.0.0.0/8`. */
export function createAddressCheck(allowedNetworks: readonly string[]): AddressCheck {
  const allowed = toBlockList(allowedNetworks.map(parseNetwork));
  const special = toBlockList([...specialIpv4, ...specialIpv6]);
  const isPublic = toBlockList([publicIpv6]);
  return (address) => {
    const version = isIP(address);
    // A zone belongs to an address of the link.
    if (version === 0 || address.includes('%')) return false;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    if (allowed.check(address, family)) return true;
    return (version === 4 || isPublic.check(address, family)) && !special.check(address, family);
  };
}

/** A network or an address as its first address and the length of its prefix. Throws for any other text. */
export function parseNetwork(text: string): Network {
  const [address = '', length, ...rest] = text.split('/');
  const bits = [0, 32, 128][[0, 4, 6].indexOf(isIP(address))] ?? 0;
  const prefix = length === undefined ? bits : Number(length);
  if (bits === 0 || rest.length > 0 || !/^\d{1,3}$/.test(length ?? '0') || prefix > bits)
    throw new RangeError(`"${text}" is not an IP address or network.`);
  return [address, prefix];
}

function toBlockList(networks: readonly Network[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of networks)
    list.addSubnet(address, prefix, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  return list;
}
