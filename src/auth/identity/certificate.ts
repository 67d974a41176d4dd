import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

/** Why a file is no certificate that an app can sign in with. */
export type CertificateProblem = 'noCertificate' | 'noKey' | 'notRsa' | 'notPaired';

/** Files of certificates are some kB; what is behind this many characters is not looked at. */
const longest = 200_000;

/** Keys with a password of the old kind have headers, and match no more than what is no base64. */
const block = /-----BEGIN ([A-Z ]{1,40})-----([\sA-Za-z0-9+/=]{1,40000})-----END \1-----/g;

/** Undefined where OpenSSL cannot read it, whatever it says of it. */
function readOrNone<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const isPair = (certificate: X509Certificate, key: KeyObject): boolean => readOrNone(() => certificate.checkPrivateKey(key)) ?? false;

const isRsa = ({ asymmetricKeyType }: KeyObject): boolean => asymmetricKeyType === 'rsa';

/**
 * The certificate of a PEM file and its private key, and nothing else of the file: that is what is kept and handed on. The certificates of
 * authorities stay behind, and so do notes of the program that made it. A key with a password counts as one that cannot be read.
 */
export function readCertificate(text: string): { readonly pem: string } | { readonly problem: CertificateProblem } {
  const blocks = [...text.slice(0, longest).matchAll(block)].map(([pem, label = '']) => ({ pem, label }));
  const read = <Value>(kind: RegExp, parse: (pem: string) => Value): readonly Value[] =>
    blocks.filter(({ label }) => kind.test(label)).flatMap(({ pem }) => readOrNone(() => parse(pem)) ?? []);
  const certificates = read(/^CERTIFICATE$/, pem => new X509Certificate(pem));
  if (certificates.length === 0) return { problem: 'noCertificate' };
  const keys = read(/\bPRIVATE KEY$/, pem => createPrivateKey(pem));
  if (keys.length === 0) return { problem: 'noKey' };
  // MSAL signs with RSA only, and of another key it says no more than that OpenSSL failed.
  const [usable, others] = [keys.filter(isRsa), keys.filter(key => !isRsa(key))];
  for (const key of usable) {
    const certificate = certificates.find(one => isPair(one, key));
    if (certificate) return { pem: `${certificate.toString()}${key.export({ type: 'pkcs8', format: 'pem' })}` };
  }
  const isOther = usable.length === 0 || others.some(key => certificates.some(one => isPair(one, key)));
  return { problem: isOther ? 'notRsa' : 'notPaired' };
}
