import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate that is its own authority, and its key, both as PEM. */
export interface SelfSignedCertificate {
  readonly certificate: string;
  readonly key: string;
}

/**
 * Makes a certificate for hosts (names or IPv4 addresses), good for two days around now. X.509 in DER, written here because
 * Node makes none and not every machine has openssl (RFC 5280, 4.1).
 */
export function makeSelfSignedCertificate(hosts: readonly string[]): SelfSignedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(tag.set, sequence(oid.commonName, text(tag.utf8, 'Muster test'))));
  const day = 86_400_000;
  const toBeSigned = sequence(
    der(tag.version, der(tag.integer, Buffer.from([2]))),
    der(tag.integer, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    sequence(oid.ecdsaWithSha256),
    name,
    sequence(time(Date.now() - day), time(Date.now() + day)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      tag.extensions,
      sequence(
        sequence(oid.basicConstraints, der(tag.octets, sequence(der(tag.boolean, Buffer.from([255]))))),
        sequence(oid.subjectAltName, der(tag.octets, sequence(...hosts.map(alternativeName)))),
      ),
    ),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(
    toBeSigned,
    sequence(oid.ecdsaWithSha256),
    der(tag.bits, Buffer.concat([Buffer.from([0]), signature])),
  );
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const tag = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  dnsName: 0x82,
  ipAddress: 0x87,
  version: 0xa0,
  extensions: 0xa3,
} as const;

const oid = {
  commonName: Buffer.from('0603550403', 'hex'),
  subjectAltName: Buffer.from('0603551d11', 'hex'),
  basicConstraints: Buffer.from('0603551d13', 'hex'),
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
} as const;

/** A tag, the length of what follows, and that. */
function der(tagByte: number, content: Uint8Array): Buffer {
  const { length } = content;
  const lengthBytes =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tagByte, ...lengthBytes]), content]);
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(tag.sequence, Buffer.concat(parts));
}

function text(tagByte: number, value: string): Buffer {
  return der(tagByte, Buffer.from(value));
}

function time(ms: number): Buffer {
  return text(tag.utcTime, `${new Date(ms).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`);
}

function alternativeName(host: string): Buffer {
  if (isIP(host) === 4) return der(tag.ipAddress, Buffer.from(host.split('.').map(Number)));
  return text(tag.dnsName, host);
}
