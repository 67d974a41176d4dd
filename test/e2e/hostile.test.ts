import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn, strictTenant } from './fixtures/signedIn.ts';

const evil = '[x](command:workbench.action.quit) <img src=x> $(trash) \u202Egpj\u001B[31m=1';
/** What is left of it to be seen. */
const shown = '[x](command:workbench.action.quit) <img src=x> $(trash) gpj[31m=1';

const tenant = strictTenant();
const script = tenant.state.scripts.byName('deviceManagementScripts', 'Configure Developer Workstation') ?? assert.fail();
tenant.admin.renameScript('deviceManagementScripts', script.id, `S ${evil}`);
tenant.admin.renameGroup(tenant.state.groups.byName('FIN Pilot')?.id ?? assert.fail(), `FIN ${evil}`);

/** A service that leads elsewhere, and that says what nobody should say. */
async function handle(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname.endsWith('/deviceShellScripts'))
    return Response.json({ value: [], '@odata.nextLink': 'https://graph.microsoft.com.evil.example/x' });
  if (pathname.endsWith('/deviceCustomAttributeShellScripts')) {
    return new Response(null, { status: 302, headers: { location: 'https://evil.example/x' } });
  }
  if (!pathname.endsWith('/deviceComplianceScripts')) return tenant.handle(request);
  const token = request.headers.get('authorization');
  return Response.json({ error: { code: 'BadRequest', message: `${evil} ${token} of ada@contoso.test` } }, { status: 400 });
}

describe('a tenant that means harm', () => {
  let session: SignedIn;
  before(async () => {
    session = await openSignedIn({ tenant: { ...tenant, handle } });
  });
  // Looks into the log, too.
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  it('gets no request elsewhere, and what it says is text', async () => {
    const { workbench, cloud } = session;
    const scripts = workbench.view('Scripts');
    for (const family of ['Shell scripts', 'Custom attributes', 'Custom compliance scripts'])
      await scripts.row(new RegExp(`^${family}.*could not be read`)).waitFor();
    assert.deepEqual(
      [...cloud.refused].filter(host => host.includes('evil')),
      [],
    );
    await workbench.screenshot('hostile-tenant');
  });

  it('names are text in rows, pickers, the review and the plan', async () => {
    const { workbench } = session;
    await workbench.view('Scripts').expand('Platform scripts');
    const row = `Platform script 'S ${shown}'`;
    await workbench.view('Scripts').row(row).waitFor();
    await workbench.view('Scripts').contextMenu(row, 'Assign to Group…');
    await workbench.quickInput.waitFor('Search groups by name');
    await workbench.quickInput.type('fin');
    await workbench.quickInput.check(`FIN ${shown}`);
    await workbench.screenshot('hostile-pick');
    await workbench.quickInput.accept();
    const review = await workbench.dialog.read();
    assert.ok(JSON.stringify(review).includes('$(trash) gpj[31m=1'), JSON.stringify(review));
    assert.equal(
      await workbench.page
        .locator('.monaco-dialog-box a[href^="command:"], .monaco-dialog-box img, .monaco-dialog-box .codicon-trash')
        .count(),
      0,
    );
    await workbench.screenshot('hostile-review');
    await workbench.dialog.press('Show Plan');
    await workbench.editors.waitFor('Plan ');
    assert.doesNotMatch(await workbench.editors.text(), /\p{Cf}|(?!\n)\p{Cc}/u);
    await workbench.screenshot('hostile-plan');
    await workbench.editors.pressTitleAction('Discard Plan');
  });
});
