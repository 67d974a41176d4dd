import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actAsSecondAdministrator } from '../../../../src/features/sample/actAsSecondAdministrator.ts';
import { commands } from '../../../../src/manifest.ts';
import { secondAdministratorByHand } from '../../../../src/sample/index.ts';
import type { PickRow } from '../../../../src/ui/quickPick.ts';
import { createWorld, groupNamed, planToAdd, sampleScript, writeOne } from '../../intune/support.ts';

/** A request for approval that waits, and a hand that picks rows of the command by their label. */
async function asked() {
  const world = createWorld({ parts: { writeMethod: 'assign' } });
  await world.connection.inventory.load();
  const admin = secondAdministratorByHand(world.tenant);
  admin.requireApproval(true);
  const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
  await writeOne(world, await planToAdd(world, script, groupNamed(world, 'HR Devices')), { justification: 'Change 4711' });
  const told: string[] = [];
  const pick = (label: string): Promise<void> =>
    actAsSecondAdministrator({
      connection: () => world.connection,
      state: () => 'ready',
      secondAdministrator: () => admin,
      say: async text => void told.push(text),
      run: async command => told.push(command),
      pickOne: async <Value>(rows: readonly PickRow<Value>[]) => {
        const row = rows.find(one => one.kind === 'choice' && one.label === label);
        return row?.kind === 'choice' ? { kind: 'picked', value: row.value } : assert.fail(`no row ${label}`);
      },
    })();
  return { world, admin, told, pick };
}

const name = '“Enable BitLocker on Data Volumes”';

for (const [label, status, words] of [
  [`Approve the change of ${name}`, 'approved', `The second administrator approved the change of ${name}.`],
  [`Reject the change of ${name}`, 'rejected', `The second administrator rejected the change of ${name}.`],
  [`Let the change of ${name} expire`, 'expired', `The second administrator let the change of ${name} expire.`],
] as const) {
  test(`${label}: the request is ${status}, and Changes looks`, async () => {
    const { world, admin, told, pick } = await asked();
    await pick(label);
    assert.deepEqual(
      world.tenant.admin.approvals().map(approval => approval.status),
      [status],
    );
    assert.deepEqual(told, [words, commands.refreshChanges]);
    assert.deepEqual(admin.waiting(), []);
  });
}
