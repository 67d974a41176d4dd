import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { conflictText } from '../../../../src/features/change/result.ts';
import { scriptKey } from '../../../../src/intune/model/script.ts';
import { type AuditedChange, readLastChanges } from '../../../../src/intune/read/auditEvents.ts';
import { sampleScopes } from '../../../../src/sample/index.ts';
import { adminAdds, createWorld, groupNamed, planToAdd, refOf, sampleScript, type World, type WorldOptions, writeOne } from '../support.ts';

function worldWith(options: WorldOptions = {}) {
  const world = createWorld(options);
  const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
  const last = async (since = world.clock.now()): Promise<AuditedChange | undefined> => {
    const changes = await readLastChanges(world.client, [refOf(script)], since);
    return changes.get(scriptKey(script));
  };
  return { world, script, last };
}

const hour = 3_600_000;
const audits = ({ requests }: World): number => requests.filter(({ path }) => path.includes('/auditEvents')).length;

describe('who changed the assignments of a script', () => {
  test('is told with the time, the last one of several', async () => {
    const { world, script, last } = worldWith();
    const since = world.clock.now();
    adminAdds(world, script, groupNamed(world, 'HR Devices'));
    await world.clock.sleep(hour);
    await writeOne(world, await planToAdd(world, script, groupNamed(world, 'Cloud PCs')));
    const ours = await last(since);
    assert.equal(ours?.who, world.tenant.state.user.userPrincipalName);
    await world.clock.sleep(hour);
    adminAdds(world, script, groupNamed(world, 'FIN Pilot'));
    assert.deepEqual(await last(since), { who: 'second.admin@contoso.example', at: world.clock.now() });
  });

  test('is nobody for an earlier change, another script, or a change of something else', async () => {
    const { world, script, last } = worldWith();
    adminAdds(world, script, groupNamed(world, 'HR Devices'));
    await world.clock.sleep(hour);
    adminAdds(world, sampleScript(world, 'deviceShellScripts', 'Install Homebrew'), groupNamed(world, 'HR Devices'));
    world.tenant.admin.renameScript(script.family, script.id, 'Renamed');
    assert.equal(await last(), undefined);
  });

  test('is nobody, silently, where the permission lacks consent, the role forbids it, or the service fails', async () => {
    const unconsented = new Set([...sampleScopes].filter(scope => !scope.startsWith('DeviceManagementApps')));
    const worlds = [worldWith({ scopes: unconsented }), worldWith({ behavior: { forbidAuditEvents: true } }), worldWith()];
    worlds[2]?.world.tenant.behavior.faults.push({
      kind: 'error',
      status: 500,
      times: 9,
      match: (_, path) => path.includes('auditEvents'),
    });
    for (const { world, script, last } of worlds) {
      adminAdds(world, script, groupNamed(world, 'HR Devices'));
      assert.equal(await last(), undefined);
      assert.ok(audits(world) > 0);
    }
  });

  test('is not waited for longer than asked', async () => {
    const { world, script } = worldWith();
    adminAdds(world, script, groupNamed(world, 'HR Devices'));
    assert.equal((await readLastChanges(world.client, [refOf(script)], 0, { signal: AbortSignal.abort() })).size, 0);
  });

  test('is asked for by one request, and by none for no scripts', async () => {
    const { world, script, last } = worldWith();
    assert.equal((await readLastChanges(world.client, [], 0)).size, 0);
    assert.equal(audits(world), 0);
    adminAdds(world, script, groupNamed(world, 'HR Devices'));
    await last();
    assert.equal(audits(world), 1);
  });

  test('stands above the three sides of a conflict', async () => {
    const { world, script, last } = worldWith();
    const plan = await planToAdd(world, script, groupNamed(world, 'Cloud PCs'));
    adminAdds(world, script, groupNamed(world, 'HR Devices'));
    const now = world.clock.now();
    const by = await last();
    const [name, who] = conflictText(plan, plan.base, { groups: new Map(), filters: undefined }, now, by).split('\n');
    const time = new Date(now).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    assert.deepEqual([name, who], ['Enable BitLocker on Data Volumes', `  Changed by second.admin@contoso.example at ${time}`]);
    assert.doesNotMatch(conflictText(plan, plan.base, { groups: new Map(), filters: undefined }, now), /Changed by/);
  });
});
