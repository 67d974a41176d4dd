import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { testClientId } from '../host/cloud/accounts.ts';
import { type EntraError, errors } from '../host/cloud/entraErrors.ts';
import { openSession, type Session, setUp } from './fixtures/openSession.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';

const comesBack = [
  [errors.consent(testClientId, 'DeviceManagementScripts.Read.All'), 'The permission has no consent yet.', 'Open Consent Page'],
  [errors.declined, 'The permission was not consented to.', 'Open Consent Page'],
] as const;

/** What of each page a person would copy. */
const staysOnThePage = [
  [errors.notPreauthorized, /AADSTS65002: .*/, 'Microsoft does not let this client ID use Intune.', 'Set Up Sign-In'],
  [errors.conditionalAccess, /Error Code: 53003/, 'A Conditional Access policy of the tenant does not allow this sign-in.', 'Show Log'],
  [errors.redirectUri, /AADSTS50011: .*/, 'The app registration lacks a redirect URI of VS Code.', 'Set Up Sign-In'],
] as const;

describe('a sign-in that Microsoft Entra refuses', () => {
  let session: Session;
  before(async () => {
    session = await openSession({ settings: setUp });
    await session.workbench.openContainer('Intune Scripts');
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const signIn = (): Promise<void> => session.workbench.view('Scripts').pressWelcomeButton('Sign In');

  /** Two refusals may have the same words, and the code tells them apart. */
  async function isTold({ code }: EntraError, words: string, remedy: string): Promise<void> {
    const { workbench } = session;
    const told = workbench.notifications.item(new RegExp(`${words.replaceAll('.', '\\.')}.*AADSTS${code}`));
    await told.waitFor();
    await workbench.screenshot(`refused-${code}`);
    await told.getByRole('button', { name: remedy }).waitFor();
  }

  for (const [error, words, remedy] of comesBack) {
    it(`AADSTS${error.code}, which comes back to VS Code: says why, and what helps`, async () => {
      session.cloud.entra.refused = error;
      await session.workbench.signIn(signIn);
      await isTold(error, words, remedy);
    });
  }

  it('AADSTS90094, admin approval: the way back from the page says who gives it', async () => {
    const { workbench, cloud } = session;
    cloud.entra.refused = errors.adminApproval;
    const { opened } = await workbench.openSignInPage(signIn);
    await opened.getByText('Need admin approval').first().waitFor();
    await opened.getByText('Return to the application').click();
    await workbench.comeBack(opened);
    await isTold(errors.adminApproval, 'The permission has no consent yet.', 'Open Consent Page');
  });

  for (const [error, shown, words, remedy] of staysOnThePage) {
    it(`AADSTS${error.code}, which only the page shows: its code, entered in VS Code, says why and what helps`, async () => {
      const { workbench, cloud } = session;
      cloud.entra.refused = error;
      const { opened } = await workbench.openSignInPage(signIn);
      const copied = (await opened.getByText(shown).first().textContent()) ?? '';
      assert.match(copied, shown);
      await workbench.leaveSignIn(opened);
      await workbench.notifications.press('Sign-in was not completed.', 'Explain an Error Code');
      await workbench.quickInput.waitFor('The code that the sign-in page showed');
      await workbench.quickInput.type(copied);
      await workbench.screenshot(`refused-code-${error.code}`);
      await workbench.quickInput.accept();
      await isTold(error, words, remedy);
    });
  }

  it('a code that is not known here leads to the page of Microsoft that explains it', async () => {
    const { workbench, cloud } = session;
    cloud.entra.refused = errors.redirectUri;
    const { opened } = await workbench.openSignInPage(signIn);
    await workbench.leaveSignIn(opened);
    await workbench.notifications.press('Sign-in was not completed.', 'Explain an Error Code');
    await workbench.quickInput.waitFor('The code that the sign-in page showed');
    await workbench.quickInput.type('AADSTS50199');
    await workbench.quickInput.accept();
    const page = workbench.page.context().waitForEvent('page');
    await workbench.notifications.press(/AADSTS50199/, 'Look Up Code');
    await workbench.dialog.press('Open');
    const explained = await page;
    await explained.waitForURL('https://login.microsoftonline.com/error?code=50199');
    await explained.close();
  });
});
