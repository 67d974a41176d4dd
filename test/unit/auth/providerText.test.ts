import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientSecretCredential } from '@azure/identity';
import { providerText, refusalOf } from '../../../src/auth/signInError.ts';
import { refusalWords } from '../../../src/auth/signInErrorText.ts';
import { createSessionCredential } from '../../../src/auth/vscodeCredential.ts';
import { createGraphClient } from '../../../src/graph/client.ts';
import { clouds } from '../../../src/graph/clouds.ts';
import { errorText, errorWords } from '../../../src/ui/errorText.ts';
import { createFakeClock } from '../graph/fakeClock.ts';
import { ada, FakeSessions, registration } from './fakes.ts';
import { refusingEntra } from './refusingEntra.ts';

const trace = '11111111-aaaa-4bbb-8ccc-111111111111';
const secret = 's3cr3t~of.the-app';
const unknown = (more = '') =>
  `AADSTS50999: The account ada.lovelace@contoso.example cannot be used here.${more}\r\nTrace ID: ${trace}\r\nCorrelation ID: ${trace}\r\nTimestamp: 2026-05-01 10:00:00Z`;

/** What @azure/identity, with MSAL in it, makes of an answer of the token endpoint. */
async function refusedBy(error: string, description: string): Promise<unknown> {
  const { tenantId, clientId } = registration;
  const { httpClient } = refusingEntra({
    error,
    error_description: description,
    error_codes: [50999],
    timestamp: '2026-05-01 10:00:00Z',
    trace_id: trace,
    correlation_id: trace,
  });
  const credential = new ClientSecretCredential(tenantId, clientId, secret, { httpClient });
  return credential.getToken(`${clouds.global.graph}/.default`).then(
    () => assert.fail('There is no token.'),
    (reason: unknown) => reason,
  );
}

const assertShort = (text: string, reason: RegExp): void => {
  assert.match(text, reason);
  assert.doesNotMatch(text, /ada|contoso|s3cr3t|eyJ|Trace ID|Correlation ID|Timestamp|1111-aaaa|Error\(s\)|\n/i, text);
  assert.ok(text.length < 400, text);
};

test('a refusal that no table knows is told by its reason alone, without names and ids for the support', async () => {
  const error = await refusedBy('invalid_grant', unknown());
  assert.ok(error instanceof Error);
  assert.match(error.message, /Error\(s\): 50999 - Timestamp/, 'the library words it otherwise now');
  assertShort(
    refusalWords(refusalOf(error), 'global').message,
    /^Could not sign in\. AADSTS50999: The account \*\*\* cannot be used here\.$/,
  );
});

test('a refusal holds no token and no secret, whatever the provider says, and is not endless', async () => {
  const noisy = unknown(` client_secret=${secret}, Bearer eyJhbGciOi.eyJzdWIi.c2ln ${'and so on '.repeat(200)}`);
  assertShort(refusalWords(refusalOf(await refusedBy('invalid_grant', noisy)), 'global').message, /AADSTS50999.*…$/);
  assertShort(refusalWords(refusalOf(new Error(noisy)), 'china').message, /AADSTS50999.*…$/);
});

test('the same holds for an error of a token in the middle of the work', async () => {
  const sessions = new FakeSessions();
  const error = await refusedBy('invalid_grant', unknown());
  sessions.getSession = async () => Promise.reject(error);
  const credential = createSessionCredential({ registration, account: ada, sessions, now: () => 1_000 });
  const fetch = async (): Promise<Response> => assert.fail('Nothing is sent without a token.');
  const client = createGraphClient({ cloud: clouds.global, credential, fetch, clock: createFakeClock() });
  const failure = await client.send({ path: '/v1.0/groups', scopes: ['User.Read'] }).catch((reason: unknown) => reason);
  assertShort(errorText(errorWords(failure, 'Groups could not be read.')), /^Groups could not be read\..* AADSTS50999: The account \*\*\*/);
  assert.ok(failure instanceof Error && !(failure.cause instanceof Error && failure.cause.message.includes('ada')));
});

test('what is nothing but ids is still told, and what says nothing is no text', () => {
  assert.match(providerText(new Error(`Trace ID: ${trace}`)), /Trace ID/);
  assert.equal(providerText(new Error('')), '');
  assert.equal(providerText('two\n lines'), 'two lines');
});

test('a long text of blanks and dashes takes no time, and ids behind some of them are still cut off', () => {
  const start = performance.now();
  for (let round = 0; round < 10; round += 1) {
    for (const part of ['-', ' -', '- -']) providerText(new Error(`No ${part.repeat(50_000)} x`));
  }
  assert.ok(performance.now() - start < 1_500);
  assert.equal(providerText(new Error(`No. - - Trace ID: ${trace}`)), 'No.');
});
