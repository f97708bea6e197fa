import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import type { SignatureVersion, SigningKey } from '../../store/events/webhook-endpoints.ts';

/** What the Standard Webhooks specification asks for is 24 to 64. */
const secretBytes = 32;
const ed25519Bytes = 32;

/** A new key for an endpoint. */
export function newSigningKey(signatureVersion: SignatureVersion): SigningKey {
  if (signatureVersion === 'v1') return { signatureVersion, bytes: randomBytes(secretBytes) };
  const { privateKey } = generateKeyPairSync('ed25519');
  return { signatureVersion, bytes: privateKey.export({ type: 'pkcs8', format: 'der' }) };
}

/** A shared secret as receivers take it. */
export function writeSecret({ bytes }: SigningKey): string {
  return `whsec_${bytes.toString('base64')}`;
}

/** The public key of a private one, as receivers take it. */
export function writePublicKey(privateKey: Buffer): string {
  const key = createPublicKey(createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }));
  const spki = key.export({ type: 'spki', format: 'der' });
  return `whpk_${spki.subarray(-ed25519Bytes).toString('base64')}`;
}

/** A message, before it is signed. */
export interface UnsignedWebhook {
  readonly id: string;
  readonly sentAt: Date;
  readonly body: string;
}

/** The headers of a message by the Standard Webhooks specification, signed with each of the keys. */
export function signWebhook(
  { id, sentAt, body }: UnsignedWebhook,
  signatureVersion: SignatureVersion,
  keys: readonly Buffer[],
): Record<string, string> {
  const seconds = Math.floor(sentAt.getTime() / 1000);
  const content = Buffer.from(`${id}.${seconds}.${body}`);
  const signatures = keys.map((key) => {
    const signature =
      signatureVersion === 'v1'
        ? createHmac('sha256', key).update(content).digest()
        : sign(null, content, createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
    return `${signatureVersion},${signature.toString('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  };
}
