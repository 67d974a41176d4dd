import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCertificate } from '../../src/auth/identity/certificate.ts';
import { cliAccount, tokenScopes } from '../../src/auth/identity/cliAccount.ts';
import { resolveTenant } from '../../src/auth/registration/resolveTenant.ts';
import { refusalOf } from '../../src/auth/signInError.ts';
import { refusalWords } from '../../src/auth/signInErrorText.ts';
import { accountName } from '../../src/features/signIn/showOutcome.ts';
import { clouds } from '../../src/graph/clouds.ts';
import { makeAppCertificate } from '../host/cloud/certificates.ts';
import { makeToken } from '../host/cloud/tokens.ts';
import { groupId } from '../unit/ui/sampleInventory.ts';
import { hostileText } from './hostile.ts';
import { changedJson, type JsonChange, jsonChange, textMutation } from './mutate.ts';
import { near } from './near.ts';
import { assertPlain } from './shown.ts';
import { type Target, target } from './target.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const tenantId = groupId(2);
const claims = {
  aud: clouds.global.graph,
  tid: tenantId,
  appid: groupId(3),
  oid: groupId(4),
  upn: 'ada@contoso.example',
  scp: 'Group.ReadWrite.All User.Read.All',
};
const appClaims = { ...claims, scp: undefined, upn: undefined, roles: ['DeviceManagementScripts.Read.All'] };

/** A token whose claims were changed, or whose text was. */
const tokens: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(fc.constantFrom(claims, appClaims), jsonChange).map(([of, change]) => {
    const [head, , signature] = makeToken(of).split('.');
    return [head, Buffer.from(changedJson(of, change)).toString('base64url'), signature].join('.');
  }),
  near(makeToken(claims), makeToken(appClaims)),
);

function readToken(token: string): boolean {
  const scopes = tokenScopes(token);
  for (const scope of scopes ?? []) assert.equal(typeof scope, 'string');
  const account = cliAccount(token, { tenantId });
  if (account) {
    assert.match(account.id.replace(/^(?:app|azureCli):/, ''), guid);
    assertPlain(accountName(account), 'account');
  }
  return account !== undefined;
}

const { authority } = clouds.global;
const metadata = {
  token_endpoint: `${authority}/${tenantId}/oauth2/v2.0/token`,
  issuer: `${authority}/${tenantId}/v2.0`,
  tenant_region_scope: 'EU',
};

async function readMetadata({ change, status, domain }: { change: JsonChange; status: number; domain: string }): Promise<boolean> {
  const fetch = async ({ url, redirect }: Request): Promise<Response> => {
    assert.equal(new URL(url).origin, authority);
    assert.equal(redirect, 'error');
    return new Response(changedJson(metadata, change), { status });
  };
  const found = await resolveTenant(fetch, 'global', domain);
  if (found !== undefined) assert.match(found, guid);
  return found !== undefined;
}

let certificate: Promise<string> | undefined;

/** What is kept of a file can be read again, and is the same then. */
async function readFile(changes: readonly ((text: string) => string)[]): Promise<boolean> {
  certificate ??= makeAppCertificate();
  const text = changes.reduce((now, change) => change(now), await certificate);
  const read = readCertificate(text);
  if (!('pem' in read)) return false;
  assert.deepEqual(readCertificate(read.pem), read);
  return true;
}

const mutations = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: textMutation },
    // What editors and mail do to such files.
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        (text: string) => text.replaceAll('\n', '\r\n'),
        (text: string) => text.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE'),
        (text: string) => text.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE'),
        (text: string) => text.replace(/-+BEGIN/, 'Bag Attributes\n$&'),
      ),
    },
  ),
  { maxLength: 2 },
);

const trace = groupId(9);
const msal = `invalid_grant: Error(s): 50999 - Timestamp: 2026-05-01 10:00:00Z - Description: AADSTS50999: No, ada@contoso.example. Trace ID: ${trace} Correlation ID: ${trace} Timestamp: 2026-05-01 10:00:00Z - Correlation ID: ${trace} - Trace ID: ${trace}`;

/** Readers of what comes from Microsoft Entra, from the Azure CLI, and from the file of a certificate. */
export const authTargets: readonly Target[] = [
  target('claims of access tokens, and who is logged in to the Azure CLI', tokens, readToken),
  target(
    'public metadata of a tenant',
    fc.record({
      change: jsonChange,
      status: fc.constantFrom(200, 200, 200, 400, 404, 500),
      domain: fc.oneof(fc.constant('contoso.example'), hostileText),
    }),
    readMetadata,
  ),
  target('PEM files', mutations, readFile),
  target(
    'why a sign-in failed',
    near("AADSTS65001: The user has not consented to use 'x'. Trace ID: 1", 'User did not consent to login.', msal),
    text => {
      const refusal = refusalOf(new Error(text));
      assert.doesNotMatch(refusal.message, /\n/);
      const { message } = refusalWords(refusal, 'global');
      assert.ok(refusal.message.length <= 301 && message.length < 450, message);
      return refusal.reason !== 'other';
    },
  ),
];
