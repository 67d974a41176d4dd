import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askOptions } from '../../../../src/features/assign/askOptions.ts';
import type { FamilyId } from '../../../../src/intune/model/families.ts';
import { addTargets } from '../../../../src/intune/plan/addTargets.ts';
import { createWorld, type World } from '../../intune/support.ts';
import { answering, back, enter, leave, type Reply } from '../../ui/answers.ts';

const remediation = { family: 'deviceHealthScripts' } as const;
const browseOnly = new Set(['DeviceManagementScripts.Read.All', 'GroupMember.Read.All', 'User.Read']);

async function ask(world: World, families: readonly FamilyId[], ...replies: readonly Reply[]) {
  const questions = answering(...replies);
  const ran: string[] = [];
  const options = await askOptions(
    {
      ...questions,
      ensureTier: async tier => {
        ran.push(tier);
        return false;
      },
      run: async command => void ran.push(command),
    },
    {
      title: 'Assign',
      scripts: families.map(family => ({ family })),
      inventory: world.connection.inventory,
      now: world.clock.now(),
    },
  );
  return { ...questions, options, ran };
}

describe('how new assignments run', () => {
  test('is not asked where nothing of it is there', async () => {
    const { options, asked } = await ask(createWorld(), ['deviceManagementScripts', 'deviceShellScripts']);
    assert.deepEqual([options, asked], [{}, []]);
  });

  test('is every day, without a filter, where Enter is pressed', async () => {
    const { options, asked } = await ask(createWorld(), ['deviceHealthScripts'], enter);
    assert.deepEqual(asked, [
      'How does it run? Enter goes on: Every day at 09:00, device time | Choose Another Schedule… | Choose a Filter…',
    ]);
    assert.deepEqual(addTargets(remediation, [{ kind: 'allDevices' }], options), addTargets(remediation, [{ kind: 'allDevices' }]));
  });

  test('can be hourly, and narrowed by a filter', async () => {
    const world = createWorld();
    const { options } = await ask(
      world,
      ['deviceManagementScripts', 'deviceHealthScripts'],
      'Choose Another Schedule…',
      'Hourly',
      '4',
      'Choose a Filter…',
      'Virtual Machines',
      'All but devices that match',
      'Every 4 hours',
    );
    const [change] = addTargets(remediation, [{ kind: 'group', groupId: 'g' }], options);
    assert.ok(change && change.kind === 'add');
    const id = [...(world.connection.inventory.filters() ?? [])].find(([, { name }]) => name === 'Virtual Machines')?.[0];
    assert.deepEqual(change.assignment.wire, {
      runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval: 4 },
      target: {
        '@odata.type': '#microsoft.graph.groupAssignmentTarget',
        groupId: 'g',
        deviceAndAppManagementAssignmentFilterId: id,
        deviceAndAppManagementAssignmentFilterType: 'exclude',
      },
    });
    const [other] = addTargets({ family: 'deviceManagementScripts' }, [{ kind: 'group', groupId: 'g' }], options);
    assert.deepEqual(other?.kind === 'add' && other.assignment.wire, {
      target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: 'g' },
    });
    const [exclusion] = addTargets(remediation, [{ kind: 'exclusionGroup', groupId: 'g' }], options);
    assert.deepEqual(exclusion?.kind === 'add' && exclusion.assignment.wire, {
      target: { '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget', groupId: 'g' },
    });
  });

  test('goes back to what it was, and nowhere when it is left', async () => {
    const world = createWorld();
    const returned = await ask(world, ['deviceHealthScripts'], 'Choose Another Schedule…', back, 'Choose a Filter…', back, enter);
    assert.deepEqual(returned.options, (await ask(world, ['deviceHealthScripts'], enter)).options);
    const ways: readonly (readonly Reply[])[] = [
      [leave],
      ['Choose Another Schedule…', enter, leave],
      ['Choose a Filter…', leave],
      ['Choose a Filter…', 'Virtual Machines', leave],
    ];
    for (const replies of ways) assert.equal((await ask(world, ['deviceHealthScripts'], ...replies)).options, undefined);
  });

  test('has a way out where the permission for filters is missing, and goes on without', async () => {
    const world = createWorld({ scopes: browseOnly });
    const without = await ask(world, ['deviceHealthScripts'], 'Choose a Filter…', back, enter);
    assert.match(
      without.asked[1] ?? '',
      /DeviceManagementConfiguration\.Read\.All is needed: Ask for the Permission… \| Open Consent Page/,
    );
    assert.ok(without.options);
    const consent = await ask(world, ['deviceHealthScripts'], 'Choose a Filter…', 'Open Consent Page');
    assert.deepEqual([consent.options, consent.ran], [undefined, ['intuneScripts.openConsentPage']]);
    const refused = await ask(world, ['deviceHealthScripts'], 'Choose a Filter…', 'Ask for the Permission…');
    assert.deepEqual([refused.options, refused.ran], [undefined, ['browseMore']]);
  });
});
