import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, test } from 'node:test';
import { ClientCertificateCredential } from '@azure/identity';
import { window, workspace } from 'vscode';
import { readCertificate } from '../../../../src/auth/identity/certificate.ts';
import { identityCredential } from '../../../../src/auth/identity/identityCredential.ts';
import { credentialPrompts } from '../../../../src/features/signIn/credentialPrompts.ts';
import { clouds } from '../../../../src/graph/clouds.ts';
import { makeAppCertificate, makeCertificates } from '../../../host/cloud/certificates.ts';
import { registration } from '../fakes.ts';
import { refusingEntra } from '../refusingEntra.ts';

const pem = await makeAppCertificate();
const others = await makeCertificates(['x.example']);
const [key = '', certificate = ''] = pem.split(/\n(?=-----BEGIN CERTIFICATE)/);

const read = (text: string): string => {
  const found = readCertificate(text);
  return 'pem' in found ? found.pem : found.problem;
};

describe('the PEM file of an app', () => {
  test('is kept as its certificate and its key, whatever else is in it and in which order', () => {
    const kept = read(pem);
    assert.match(
      kept,
      /^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n[^-]+-----END PRIVATE KEY-----\n$/,
    );
    const noted = `Bag Attributes\r\n  friendlyName: ada@contoso.example\r\n${others.authority}\r\n${certificate}\r\n${key}\r\nnotes`;
    for (const text of [`${certificate}\n${key}`, noted, noted.replace(/\r?\n/g, '\r\n'), kept]) assert.equal(read(text), kept);
  });

  test('is refused where something is missing', () => {
    assert.equal(read(''), 'noCertificate');
    assert.equal(read(key), 'noCertificate');
    assert.equal(read(certificate), 'noKey');
    assert.equal(read(`${key}\n${others.certificate}`), 'notPaired');
    const locked = createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' });
    assert.equal(read(`${locked}\n${certificate}`), 'noKey');
  });

  test('may hold keys of other certificates too, in any order', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    for (const foreign of [rsa, others.key]) {
      for (const text of [`${foreign}\n${key}\n${certificate}`, `${others.certificate}\n${key}\n${foreign}\n${certificate}`]) {
        assert.equal(read(text), read(pem));
      }
    }
    assert.equal(read(`${rsa}\n${certificate}`), 'notPaired');
    // Of two that fit, the one that can be used.
    assert.equal(read(`${others.key}\n${others.certificate}\n${pem}`), read(pem));
  });

  test('is refused where its key is of a kind that the library cannot sign with', () => {
    assert.equal(read(`${others.key}\n${others.certificate}`), 'notRsa');
    const ed = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    assert.equal(read(`${ed}\n${certificate}`), 'notRsa');
    assert.equal(read(`${key}\n${others.key}\n${others.certificate}`), 'notRsa');
  });

  test('is what the library signs an assertion with, as it is kept', async () => {
    const { tenantId, clientId, cloud } = registration;
    const { httpClient, forms } = refusingEntra({ error: 'invalid_client' });
    const credential = new ClientCertificateCredential(tenantId, clientId, { certificate: read(pem) }, { httpClient });
    await assert.rejects(credential.getToken(`${clouds[cloud].graph}/.default`), /invalid_client/);
    const [head = ''] = new URLSearchParams(forms[0]).get('client_assertion')?.split('.') ?? [];
    const { 'x5t#S256': thumbprint }: Record<string, unknown> = JSON.parse(Buffer.from(head, 'base64url').toString());
    assert.equal(
      Buffer.from(String(thumbprint), 'base64url').toString('hex'),
      new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase(),
    );
  });

  test('takes no time where it is endless', () => {
    for (const text of ['-----BEGIN CERTIFICATE-----\n', '-', 'A', '-----BEGIN A-----A', '-----END CERTIFICATE-----\n']) {
      assert.equal(read(text.repeat(1_000_000)), 'noCertificate');
    }
  });

  test('is told in words that hold nothing of it, and becomes a credential', async () => {
    let file = certificate;
    Object.assign(window, { showOpenDialog: async () => ['file'] });
    Object.assign(workspace, { fs: { readFile: async () => new TextEncoder().encode(file) } });
    await assert.rejects(credentialPrompts.clientCertificate(), {
      message: 'The file has no private key that can be read. It has to be in the PEM format, without a password.',
    });
    file = `${others.key}\n${others.certificate}`;
    await assert.rejects(credentialPrompts.clientCertificate(), { message: /Microsoft Entra takes RSA keys/ });
    file = pem;
    const kept = await credentialPrompts.clientCertificate();
    assert.equal(kept, read(pem));
    assert.ok(await identityCredential('clientCertificate', registration, kept, credentialPrompts));
  });
});
