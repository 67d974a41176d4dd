import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Account, appAccount, type Identity } from '../../../../src/auth/account.ts';
import type { SignInOutcome } from '../../../../src/auth/signIn.ts';
import { NotReached, refusalOf } from '../../../../src/auth/signInError.ts';
import { testSignIn } from '../../../../src/features/signIn/testSignIn.ts';
import { GraphError } from '../../../../src/graph/errors.ts';
import type { Settings } from '../../../../src/host/settings.ts';
import type { Tier } from '../../../../src/intune/model/families.ts';
import type { Behavior, Fault, SampleTenantOptions } from '../../../../src/sample/index.ts';
import { type Network, networkOf } from '../../auth/fakeNetwork.ts';
import { ada, registration } from '../../auth/fakes.ts';
import { createWorld, type World } from '../../intune/support.ts';
import { givenSettings } from '../givenSettings.ts';

const settings = givenSettings(registration);
const token = (scp: string): string => `e30.${Buffer.from(JSON.stringify({ scp })).toString('base64url')}.x`;

interface Given {
  readonly settings?: Partial<Settings>;
  readonly without?: 'clientId';
  readonly signedIn?: boolean;
  readonly scp?: string;
  readonly outcomes?: Partial<Record<Tier, SignInOutcome>>;
  readonly tenant?: SampleTenantOptions;
  readonly tiers?: readonly Tier[];
  readonly account?: Account;
  readonly network?: Network;
  readonly getSession?: () => Promise<undefined>;
  /** Who is signed in, at each look; the account that it begins with by default. */
  readonly current?: (identity: Identity) => Identity | undefined;
  readonly onTier?: (tier: Tier) => void;
}

async function report(given: Given = {}): Promise<string> {
  const { documents } = await run(given);
  assert.equal(documents.length, 1);
  return documents[0] ?? '';
}

/** Runs the test; `answer` is what the user presses, after `before` has happened. */
async function run(given: Given = {}, answer?: string, before?: (world: World) => void) {
  const world = createWorld(given.tenant);
  const said: string[] = [];
  let refreshed = 0;
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const { signedIn = true, account = ada } = given;
  const identity = { ...registration, account };
  const documents: string[] = [];
  await testSignIn(
    {
      readSettings: () => {
        const { clientId, ...others } = { ...settings, ...given.settings };
        return { ...others, ...(given.without !== 'clientId' && clientId !== undefined && { clientId }) };
      },
      signIn: {
        get identity() {
          return signedIn ? (given.current ?? (one => one))(identity) : undefined;
        },
        ensureTier: async tier => {
          given.onTier?.(tier);
          return given.outcomes?.[tier] ?? { kind: 'ok', identity };
        },
      },
      sessions: {
        getAccounts: async () => (signedIn ? [account] : []),
        getSession:
          given.getSession ??
          (async () => ({
            accessToken: token(given.scp ?? 'DeviceManagementScripts.Read.All GroupMember.Read.All User.Read'),
            account,
          })),
      },
      connection: () => (signedIn ? world.connection : undefined),
      network: () => [{ name: 'http.proxy', value: undefined }],
      networkParts: networkOf(given.network ?? {}),
      clock: world.clock,
      withProgress: async work => {
        const again = said.length > 0;
        await work();
        if (again) resolve();
      },
      showText: async (_, content) => void documents.push(content),
      say: async (text, ...buttons) => {
        said.push([text, ...buttons].join(' | '));
        before?.(world);
        if (answer === undefined) resolve();
        return answer;
      },
      refresh: async () => {
        refreshed += 1;
      },
      report: error => assert.fail(String(error)),
    },
    given.tiers,
  )();
  if (said.length > 0) await asked;
  return { documents, said, world, refreshed: () => refreshed };
}

const headings = (text: string): readonly string[] => text.split('\n').flatMap(line => (line.startsWith('## ') ? [line.slice(3)] : []));

describe('Test Sign-In', () => {
  test('says that all works, asks for no permission with a question, and holds no token', async () => {
    const text = await report();
    assert.ok(
      headings(text).every(line => /^(Works|Not tested)/.test(line)),
      headings(text).join('\n'),
    );
    assert.match(text, /deviceManagementScripts can be read\./);
    assert.match(text, /Nothing was written to test it/);
    assert.doesNotMatch(text, /e30\./);
  });

  test('says what is missing where nothing is set up, and asks nobody', async () => {
    const text = await report({ without: 'clientId', signedIn: false });
    assert.match(text, /^## Does not work: Settings$/m);
    assert.match(text, /Set Up Sign-In/);
  });

  test('says that nobody is signed in', async () => {
    const text = await report({ signedIn: false });
    assert.match(text, /^## Does not work: Account$/m);
    assert.match(text, /Run Intune Scripts: Sign In, then test again/);
  });

  test('tells a missing consent from a missing role', async () => {
    const refused: SignInOutcome = { kind: 'refused', refusal: { reason: 'consentMissing', code: 'AADSTS65001', message: 'x' } };
    const text = await report({
      outcomes: { browseMore: { kind: 'needsUser' }, write: refused },
      tenant: { behavior: { noIntuneRole: true } },
    });
    assert.match(text, /^## Needs a look: Read Bash scripts \(Linux\) and assignment filters$/m);
    assert.match(text, /^## Does not work: Change scripts and their assignments$/m);
    assert.match(text, /AADSTS65001/);
    assert.match(text, /the account also needs an Intune role/);
  });

  describe('a token that is refused', () => {
    const consent = /An administrator (?:consents for the tenant|grants the app)/;

    test('is no question of consent, unless the refusal is about that', async () => {
      const of = (error: Error): Promise<string> =>
        report({ tiers: ['write'], outcomes: { write: { kind: 'refused', refusal: refusalOf(error) } } });
      for (const code of ['AADSTS65001', 'AADSTS65004']) assert.match(await of(new Error(`${code}: No.`)), consent);
      const request = { method: 'GET', path: '/' };
      const failure = new GraphError({ kind: 'network', message: 'ENOTFOUND', request });
      const others = [
        new Error('AADSTS53003: No.'),
        new Error('AADSTS7000222: No.'),
        new Error('AADSTS50999: No.'),
        new NotReached('unreachable', 'login.microsoftonline.com', failure),
      ];
      for (const error of others) {
        const text = await of(error);
        assert.match(text, /^## Does not work: Change scripts and their assignments$/m);
        assert.doesNotMatch(text, consent, error.message);
      }
    });

    test('is told in the report also where the second look at it fails', async () => {
      const text = await report({ tiers: ['browse', 'write'], getSession: () => Promise.reject(new Error('AADSTS53003: No.')) });
      assert.equal(text.match(/^## Does not work: (?:Read|Change) scripts and their assignments$/gm)?.length, 2);
      assert.match(text, /A Conditional Access policy/);
      assert.doesNotMatch(text, consent);
    });
  });

  describe('an account or a tenant that is changed during the test', () => {
    const others: Readonly<Record<string, (identity: Identity) => Identity | undefined>> = {
      account: identity => ({ ...identity, account: { id: 'eve', label: 'eve@fabrikam.example' } }),
      tenant: identity => ({ ...identity, tenantId: '99999999-9999-4999-8999-999999999999' }),
      client: identity => ({ ...identity, clientId: '99999999-9999-4999-8999-999999999999' }),
      cloud: identity => ({ ...identity, cloud: 'china' }),
      nobody: () => undefined,
    };

    for (const [name, other] of Object.entries(others)) {
      test(`ends it, and nothing of the other one is told: ${name}`, async () => {
        let changed = false;
        const asked: Tier[] = [];
        const { documents, said } = await run({
          current: identity => (changed ? other(identity) : identity),
          onTier: tier => {
            asked.push(tier);
            changed = tier === 'browseMore';
          },
          outcomes: { browseMore: { kind: 'refused', refusal: { reason: 'other', message: 'said of Fabrikam' } } },
          tenant: { behavior: { noIntuneRole: true } },
        });
        const text = documents[0] ?? '';
        assert.deepEqual(asked, ['browse', 'browseMore']);
        assert.match(text, /^## Needs a look: Account$/m);
        assert.match(text, /was changed during the test\.[\s\S]*Test again\./);
        assert.match(text, /: Read scripts and their assignments$/m);
        assert.doesNotMatch(text, /Fabrikam|fabrikam|Bash scripts|99999999|Network/);
        // The role would be looked for in the other tenant.
        assert.deepEqual(said, []);
      });
    }

    test('is seen at the start and at the end too', async () => {
      for (const [first, hasTier] of [
        [1, false],
        [3, true],
      ] as const) {
        let looks = 0;
        const text = await report({
          tiers: ['browse'],
          current: identity => {
            looks += 1;
            return looks > first ? others['tenant']?.(identity) : identity;
          },
        });
        assert.match(text, /^## Needs a look: Account$/m);
        assert.equal(/Read scripts/.test(text), hasTier);
      }
    });
  });

  test('recognizes consent from before 2025', async () => {
    const text = await report({ scp: 'DeviceManagementConfiguration.ReadWrite.All User.Read' });
    assert.match(text, /The consent is from before 2025/);
  });

  test('asks for no write tier where it is read only', async () => {
    const text = await report({ settings: { readOnly: true } });
    assert.doesNotMatch(text, /Change scripts/);
  });

  test('makes no Markdown of what others named', async () => {
    const text = await report({ settings: { problems: [{ key: 'cloud', message: '[x](command:evil) <b>' }] } });
    assert.doesNotMatch(text, /\[x\]\(command/);
  });

  test('tests only the permissions that were chosen', async () => {
    const text = await report({ tiers: ['browse'] });
    assert.match(text, /Read scripts and their assignments/);
    assert.doesNotMatch(text, /Change scripts|Bash scripts/);
  });

  test('tells a tenant without remediations from an account without a role', async () => {
    const fault: Fault = { kind: 'forbidden', reason: 'role', match: (_, path) => path.includes('deviceHealthScripts'), times: 9 };
    const text = await report({ tenant: { behavior: { faults: [fault] } } });
    assert.match(text, /deviceHealthScripts cannot be read/);
    assert.match(text, /Remediations need a license/);
    assert.doesNotMatch(text, /the account also needs an Intune role/);
  });

  test('tells whether remediations are set up, where the service tells it', async () => {
    const of = (remediationsSetUp: Behavior['remediationsSetUp']): Promise<string> =>
      report({ tenant: { behavior: { remediationsSetUp } } });
    assert.match(await of('enabled'), /^## Works: Remediations$/m);
    assert.match(await of('pending'), /^## Needs a look: Remediations$/m);
    const not = await of('notConfigured');
    assert.match(not, /^## Needs a look: Remediations$/m);
    assert.match(not, /an Intune Service Administrator confirms that once/);
    assert.match(await of('noRoute'), /^## Not tested: Remediations$/m);
  });

  describe('an app that signs in as itself', () => {
    const app = { settings: { signInMethod: 'clientSecret' }, account: appAccount('app') } as const;

    test('is told by its sign-in method, and by what its token names', async () => {
      const text = await report({ ...app, scp: 'DeviceManagementScripts.ReadWrite.All' });
      assert.match(text, /intuneScripts\.signInMethod is clientSecret/);
      assert.match(text, /^## Works: Change scripts and their assignments$/m);
      assert.match(text, /^## Needs a look: Change Bash scripts \(Linux\) and their assignments$/m);
      assert.doesNotMatch(text, /Open Consent Page/);
    });

    test('is asked for no token before somebody has agreed to it', async () => {
      const text = await report({ ...app, signedIn: false });
      assert.match(text, /^## Needs a look: Way to sign in$/m);
      assert.match(text, /There is no token/);
    });

    test('has no role to activate', async () => {
      assert.deepEqual((await run({ ...app, tenant: { behavior: { noIntuneRole: true } } })).said, []);
    });
  });

  test('tells a missing permission from a missing role', async () => {
    const fault: Fault = { kind: 'forbidden', reason: 'scope', match: (_, path) => path.includes('deviceShellScripts'), times: 9 };
    const { documents, said } = await run({ tenant: { behavior: { faults: [fault] } } });
    assert.match(documents[0] ?? '', /An administrator consents for the tenant/);
    assert.doesNotMatch(documents[0] ?? '', /also needs an Intune role/);
    assert.deepEqual(said, []);
  });

  describe('where no read says that the network works', () => {
    test('both hosts are asked, and the network is said to work where they answer', async () => {
      const text = await report({ signedIn: false });
      assert.match(text, /^## Works: Network, proxy and certificates$/m);
      assert.match(text, /login\.microsoftonline\.com answered/);
      assert.match(text, /graph\.microsoft\.com answered/);
    });

    test('what is wrong with a certificate is named, with what helps', async () => {
      const text = await report({ signedIn: false, network: { fetch: 'distrusts', https: 'distrusts', graph: 'distrusts' } });
      assert.match(text, /^## Does not work: Network, proxy and certificates$/m);
      assert.match(text, /The certificate of login\.microsoftonline\.com is not trusted/);
      assert.match(text, /The certificate of graph\.microsoft\.com is not trusted/);
      assert.match(text, /What to do:\*\* .*certificate store of this computer/);
    });

    test('the hosts are told apart', async () => {
      const text = await report({ signedIn: false, network: { fetch: 'distrusts' } });
      assert.match(text, /The certificate of login\.microsoftonline\.com is not trusted/);
      assert.match(text, /graph\.microsoft\.com answered/);
      assert.match(text, /What to do:\*\* .*NODE_EXTRA_CA_CERTS/);
    });

    test('nobody is asked while the sample tenant is shown', async () => {
      const text = await report({ signedIn: false, settings: { useSampleTenant: true }, network: { fetch: 'offline', graph: 'offline' } });
      assert.match(text, /^## Not tested: Network, proxy and certificates$/m);
    });
  });

  describe('a role that was just activated', () => {
    const noRole = { tenant: { behavior: { noIntuneRole: true } } };
    const activated = 'I Just Activated My Role';

    test('is asked for only where one is missing', async () => {
      assert.deepEqual((await run()).said, []);
      const { said, documents } = await run(noRole);
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', /no Intune role .* \| I Just Activated My Role$/);
      assert.equal(documents.length, 1);
    });

    test('is looked for with new tokens, until it is there, and then the tree is read', async () => {
      const start = ({ clock }: World): number => clock.now();
      let began = 0;
      const { documents, world, refreshed } = await run(noRole, activated, one => {
        began = start(one);
        // The role is there with the third try.
        void one.clock.sleep(20_000).then(() => {
          one.tenant.behavior.noIntuneRole = false;
        });
      });
      assert.equal(documents.length, 2);
      assert.doesNotMatch(documents[1] ?? '', /needs an Intune role/);
      assert.equal(world.clock.now() - began, 45_000);
      assert.equal(refreshed(), 1);
      assert.ok(new Set(world.tokens.map(({ token }) => token)).size > 3);
      assert.ok(world.tokens.slice(-1).every(({ claims }) => claims?.includes('"nbf"')));
    });

    test('is waited for no longer than two minutes, and the report says that it is still missing', async () => {
      const { documents, refreshed } = await run(noRole, activated);
      assert.match(documents[1] ?? '', /needs an Intune role/);
      assert.equal(refreshed(), 0);
    });
  });
});
