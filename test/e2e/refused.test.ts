import { after, afterEach, before, describe, it } from 'node:test';
import { testClientId } from '../host/cloud/accounts.ts';
import { errors } from '../host/cloud/entraErrors.ts';
import { openSession, type Session, setUp } from './fixtures/openSession.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';

const refusals = [
  [errors.consent(testClientId, 'DeviceManagementScripts.Read.All'), 'The permission has no consent yet.', 'Open Consent Page'],
  [errors.adminApproval, 'The permission has no consent yet.', 'Open Consent Page'],
  [errors.declined, 'The permission was not consented to.', 'Open Consent Page'],
  [errors.notPreauthorized, 'Microsoft does not let this client ID use Intune.', 'Set Up Sign-In'],
  [errors.conditionalAccess, 'A Conditional Access policy of the tenant does not allow this sign-in.', 'Show Log'],
  [errors.redirectUri, 'The app registration lacks a redirect URI of VS Code.', 'Set Up Sign-In'],
] as const;

describe('a sign-in that Microsoft Entra refuses', () => {
  let session: Session;
  before(async () => {
    session = await openSession({ settings: setUp });
    await session.workbench.openContainer('Intune Scripts');
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  for (const [error, words, remedy] of refusals) {
    it(`AADSTS${error.code}: says why, and what helps`, async () => {
      const { workbench, cloud } = session;
      cloud.entra.refused = error;
      await workbench.signIn(() => workbench.view('Scripts').pressWelcomeButton('Sign In'));
      // Two refusals may have the same words, and the code tells them apart.
      const told = workbench.notifications.item(new RegExp(`${words.replaceAll('.', '\\.')}.*AADSTS${error.code}`));
      await told.waitFor();
      await workbench.screenshot(`refused-${error.code}-dark`);
      await told.getByRole('button', { name: remedy }).waitFor();
    });
  }
});
