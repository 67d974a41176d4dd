import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resolveTenant } from '../../../../src/auth/registration/resolveTenant.ts';
import type { Fetch } from '../../../../src/graph/transport.ts';
import { errorWords } from '../../../../src/ui/errorText.ts';
import { networkOf } from '../fakeNetwork.ts';

const id = '11111111-1111-4111-8111-111111111111';

function answering(answer: () => Response): { readonly fetch: Fetch; readonly asked: string[] } {
  const asked: string[] = [];
  const fetch: Fetch = async request => {
    asked.push(request.url);
    assert.equal(request.headers.get('authorization'), null);
    assert.equal(request.redirect, 'error');
    return answer();
  };
  return { fetch, asked };
}

describe('the tenant of a domain', () => {
  test('is the one that its metadata names, at the authority of the cloud', async () => {
    const { fetch, asked } = answering(() => Response.json({ issuer: `https://login.microsoftonline.us/${id.toUpperCase()}/v2.0` }));
    assert.equal(await resolveTenant(fetch, 'usGov', 'contoso.us'), id);
    assert.deepEqual(asked, ['https://login.microsoftonline.us/contoso.us/v2.0/.well-known/openid-configuration']);
  });

  test('is nobody where the answer is a refusal, a page, or names no id', async () => {
    for (const answer of [
      () => Response.json({ error: 'invalid_tenant' }, { status: 400 }),
      () => new Response('<html>'),
      () => Response.json({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }),
      () => Response.json({ issuer: 'no address' }),
      () => Response.json(null),
    ])
      assert.equal(await resolveTenant(answering(answer).fetch, 'global', 'contoso.com'), undefined);
  });

  test('is not known where there is no answer, and what was not reached is named', async () => {
    const { graph } = networkOf({ graph: 'distrusts' });
    await assert.rejects(resolveTenant(graph, 'global', 'contoso.com'), error => {
      const { message } = errorWords(error, 'The tenant could not be looked up.');
      assert.match(message, /^The tenant could not be looked up\. The certificate of login\.microsoftonline\.com is not trusted\. Add /);
      return true;
    });
    const { graph: redirects } = networkOf({ graph: 'redirects' });
    await assert.rejects(resolveTenant(redirects, 'global', 'contoso.com'), TypeError);
  });

  test('never leads to another host, whatever is entered', async () => {
    const { fetch, asked } = answering(() => new Response('', { status: 400 }));
    for (const domain of ['../evil.example', '@evil.example', 'a/../../b.test', '?x=.test', 'évil.test'])
      await resolveTenant(fetch, 'global', domain);
    for (const url of asked) assert.equal(new URL(url).host, 'login.microsoftonline.com');
    assert.ok(
      asked.every(url => url.endsWith('/v2.0/.well-known/openid-configuration')),
      asked.join('\n'),
    );
  });
});
