import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { isWritten, type PastChange } from '../../src/intune/history/pastChange.ts';
import { readHistory } from '../../src/intune/history/recovery.ts';
import { rowsOf, type SampleTenant } from '../../src/sample/index.ts';
import { type JournalOnDisk, journalOnDisk } from './fixtures/journalOnDisk.ts';
import { pictureOfFailure } from './fixtures/pictureOfFailure.ts';
import { openSignedIn, type SignedIn, strictTenant } from './fixtures/signedIn.ts';

const bulk = 200;
/** As many scripts are in one request. */
const chunk = 20;
const hour = 3_600_000;
/** One for each time. */
const groups = ['Developer Workstations', 'Training Room A', 'HR Devices'] as const;

/** The moment of a write request in which the extension host dies. */
interface Moment {
  readonly request: number;
  readonly when: 'before it is done' | 'before its answer' | 'after its answer';
}

/** How often it is killed. */
const kills = Number(process.env['KILLS'] ?? 2);

/** The same seed gives the same moments. */
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

function momentsOf(start: number): () => Moment {
  let state = start;
  // Park and Miller's generator, as in https://doi.org/10.1145/63039.63042.
  const next = (below: number): number => {
    state = (state * 48_271 + 11) % 2_147_483_647;
    return state % below;
  };
  const whens = ['before it is done', 'before its answer', 'after its answer'] as const;
  return () => ({ request: 1 + next(bulk / chunk - 1), when: whens[next(whens.length)] ?? 'before its answer' });
}

/** A tenant in front of which somebody waits for a moment. */
function tenantWithMoments(tenant: SampleTenant) {
  let armed: { readonly moment: Moment; readonly strike: () => Promise<void> } | undefined;
  let writes = 0;
  async function handle(request: Request): Promise<Response> {
    const writing = request.method === 'POST' && request.url.endsWith('/$batch') && (await request.clone().text()).includes('/assign"');
    if (writing) writes += 1;
    const hit = writing && armed?.moment.request === writes ? armed : undefined;
    if (!hit) return tenant.handle(request);
    armed = undefined;
    const answer = hit.moment.when === 'before it is done' ? undefined : await tenant.handle(request);
    if (answer && hit.moment.when === 'after its answer') {
      // The next thing that is asked for comes from somebody who is about to die.
      void setTimeout(5).then(hit.strike);
      return answer;
    }
    await hit.strike();
    throw new Error('The client is gone.');
  }
  const arm = (moment: Moment, strike: () => Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      writes = 0;
      armed = { moment, strike: () => strike().then(resolve, reject) };
    });
  return { tenant: { ...tenant, handle }, arm };
}

describe(`the extension host killed in the middle of a bulk (KILL_SEED=${seed} KILLS=${kills})`, () => {
  const { tenant, arm } = tenantWithMoments(
    strictTenant({
      size: 'large',
      behavior: { writeLimit: 100_000, tenantWriteLimit: 100_000, requestLimit: 100_000, assignmentLagMs: 0 },
    }),
  );
  const scripts = tenant.state.scripts.list('deviceManagementScripts');
  for (const { family, id } of scripts.slice(bulk)) tenant.admin.deleteScript(family, id);
  const nextMoment = momentsOf(seed);
  let session: SignedIn;
  let onDisk: JournalOnDisk;

  before(async () => {
    console.log(`KILL_SEED=${seed}`);
    session = await openSignedIn({ tenant, settings: { 'intuneScripts.confirmAbove': 1_000_000 } });
  });
  after(() => session?.close());
  afterEach(pictureOfFailure(() => session));

  const groupId = (name: string): string => tenant.state.groups.byName(name)?.id.toLowerCase() ?? assert.fail(name);
  const isAssigned = (scriptId: string, name: string): boolean => {
    const script = tenant.state.scripts.get('deviceManagementScripts', scriptId) ?? assert.fail(scriptId);
    return rowsOf(script).some(
      ({ target }) =>
        target['@odata.type'] === '#microsoft.graph.groupAssignmentTarget' && String(target['groupId']).toLowerCase() === groupId(name),
    );
  };

  /** Assigns all platform scripts to a group; the review is answered. */
  async function startBulk(group: string): Promise<void> {
    const { workbench } = session;
    const { quickInput } = workbench;
    await workbench.runCommand('Intune Scripts: Assign to Group…');
    await quickInput.waitFor('Search scripts');
    await quickInput.type('Platform scripts');
    await quickInput.checkAll();
    await quickInput.accept();
    await quickInput.waitFor('Search groups by name');
    await quickInput.type(group);
    await quickInput.check(group);
    await quickInput.accept();
    await workbench.dialog.press('Assign in Contoso');
  }

  /** Kills the process that writes the journal: the extension host. */
  async function killWriter(): Promise<void> {
    onDisk = await journalOnDisk(session.server);
    for (const pid of await onDisk.writers()) await session.server.killChild(pid);
  }

  /** A new window an hour later, signed in. */
  async function comeBack(): Promise<void> {
    const { workbench } = session;
    await onDisk.age(hour);
    await workbench.page.reload();
    await workbench.ready();
    await workbench.view('Scripts').welcome().waitFor();
  }

  async function lastChange(): Promise<PastChange> {
    const [change] = await readHistory(onDisk.journal);
    return change ?? assert.fail('The journal has no change.');
  }

  for (const group of groups.slice(-kills)) {
    const moment = nextMoment();
    it(`accounts for every script: write ${moment.request}, ${moment.when}`, async () => {
      const { workbench } = session;
      const killed = arm(moment, killWriter);
      await startBulk(group);
      await killed;
      await comeBack();
      const open = (await lastChange()).writes.filter(({ outcome }) => outcome === 'unsettled');
      const changes = workbench.view('Changes');
      await changes.open();
      if (open.length > 0) await changes.row(`Sign in to check ${open.length} script`).waitFor();
      await workbench.screenshot(`killed-${group}`);
      await workbench.signIn(() => workbench.view('Scripts').pressWelcomeButton('Sign In'));
      await workbench.notifications.item(/ was interrupted: /).waitFor();
      await workbench.screenshot(`settled-${group}`);

      const { writes, asWanted } = await lastChange();
      assert.equal(writes.length + asWanted.length, bulk);
      assert.equal(new Set([...writes.map(({ script }) => script.id), ...asWanted.map(({ id }) => id)]).size, bulk);
      const outcomes = Map.groupBy(writes, ({ outcome }) => outcome);
      assert.deepEqual(
        [...outcomes.keys()].filter(outcome => !['written', 'cancelled', 'notShown', 'notStarted'].includes(outcome)),
        [],
      );
      for (const write of writes) assert.equal(isAssigned(write.script.id, group), isWritten(write), write.script.name);
    });
  }

  it('what was left is resumed from the notification, with a review, and nothing is written twice', async () => {
    const { workbench, cloud } = session;
    const group = groups[2];
    const done = scripts.slice(0, bulk).filter(({ id }) => isAssigned(id, group));
    const before = cloud.graphRequests.length;
    await workbench.notifications.press(/ was interrupted: /, 'Resume…');
    const { message } = await workbench.dialog.read();
    await workbench.screenshot('resume-review');
    assert.match(message, new RegExp(`${bulk - done.length} scripts`));
    await workbench.dialog.press('Assign in Contoso');
    await workbench.notifications.item(`${bulk - done.length} scripts are assigned in Contoso.`).waitFor();
    assert.equal(
      scripts.slice(0, bulk).every(({ id }) => isAssigned(id, group)),
      true,
    );
    const bodies = cloud.graphRequests.slice(before).map(({ body }) => body.toString('utf8'));
    assert.deepEqual(
      done.filter(({ id }) => bodies.some(body => body.includes(`${id}/assign"`))),
      [],
    );
    await workbench.notifications.press(`${bulk - done.length} scripts are assigned in Contoso.`, 'Show Report');
    await workbench.editors.waitFor('Report');
    assert.match(await workbench.editors.text(), /\nThe rest of “Assign to HR Devices” of /);
    await workbench.screenshot('resume-report');
  });

  it('an older one is resumed from the Changes view', { skip: kills < 2 && 'there is no older one' }, async () => {
    const { workbench } = session;
    const group = groups[1];
    const left = scripts.slice(0, bulk).filter(({ id }) => !isAssigned(id, group)).length;
    const changes = workbench.view('Changes');
    await changes.scrollTo(new RegExp(`^Assign to ${group}`));
    await workbench.screenshot('resume-changes');
    await changes.pressInlineAction(new RegExp(`^Assign to ${group}`), 'Resume Change…');
    const { message } = await workbench.dialog.press('Assign in Contoso');
    assert.match(message, new RegExp(`${left} scripts`));
    await workbench.notifications.item(`${left} scripts are assigned in Contoso.`).waitFor();
    assert.equal(
      scripts.slice(0, bulk).every(({ id }) => isAssigned(id, group)),
      true,
    );
  });
});
