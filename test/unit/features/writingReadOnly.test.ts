import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assignScriptsToGroup, assignToEveryone, assignToGroup, excludeGroup } from '../../../src/features/assign/assign.ts';
import { copyAssignments } from '../../../src/features/assign/copyAssignments.ts';
import { dropOnScripts } from '../../../src/features/assign/dropOnScripts.ts';
import { removeAssignment } from '../../../src/features/assign/removeAssignment.ts';
import { replaceGroup } from '../../../src/features/assign/replaceGroup.ts';
import { changeAssignments } from '../../../src/features/change/changeFlow.ts';
import { editAssignment } from '../../../src/features/edit/editAssignment.ts';
import { cancelApproval, finishChange } from '../../../src/features/history/approvals.ts';
import { resumeChange } from '../../../src/features/history/resume.ts';
import { undoById, undoChange } from '../../../src/features/history/undo.ts';
import { addGroups } from '../../../src/intune/plan/addTargets.ts';
import { isEditable } from '../../../src/intune/plan/editAssignment.ts';
import { draggedText } from '../../../src/ui/dragAndDrop.ts';
import type { Node } from '../../../src/ui/nodes.ts';
import { groupNamed, refOf, sampleScript } from '../intune/support.ts';
import { pastChange } from '../ui/samplePast.ts';
import { type WritingCommand, writingCommands } from '../writingCommands.ts';
import { type CommandWindow, createCommandWindow } from './commandWindow.ts';

type Handler = (...args: readonly unknown[]) => Promise<void>;

/** As extension.ts registers them. */
const handlersOf = ({ parts, documents }: CommandWindow): Readonly<Record<WritingCommand, Handler>> => ({
  assignToGroup: assignToGroup(parts),
  assignScriptsToGroup: assignScriptsToGroup(parts),
  assignToAllDevices: assignToEveryone(parts, 'allDevices'),
  assignToAllUsers: assignToEveryone(parts, 'allUsers'),
  excludeGroup: excludeGroup(parts),
  editAssignment: editAssignment(parts),
  removeAssignment: removeAssignment(parts),
  removeAssignments: removeAssignment(parts),
  removeGroup: removeAssignment(parts),
  copyAssignments: copyAssignments(parts),
  replaceGroup: replaceGroup(parts),
  undoChange: undoChange(parts),
  resumeChange: resumeChange(parts),
  finishChange: finishChange(parts),
  cancelApproval: cancelApproval(parts),
  applyPlan: documents.apply,
});

/** A window with a plan in front, and rows of each kind. */
async function planned() {
  const one = await createCommandWindow({ settings: { alwaysShowPlan: true, confirmAbove: 100_000 } });
  const { world, parts } = one;
  const { key, inventory } = world.connection;
  const target = refOf(sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes'));
  const group = groupNamed(world, 'HR Devices');
  const groups = [{ id: group, name: 'HR Devices' }];
  await changeAssignments(parts, world.connection, { scripts: [target], groups, changesFor: script => addGroups(script, [group]) });
  assert.ok(one.documents.shownPlan());
  const script = inventory.scripts().find(({ id }) => id === target.id) ?? assert.fail();
  const edited = inventory
    .scripts()
    .flatMap(other => other.assignments.map(assignment => ({ script: other, assignment, copy: 0 })))
    .find(row => isEditable(row.script, row.assignment));
  const nodes = {
    script: { kind: 'script', connection: key, script },
    assignment: { kind: 'assignment', connection: key, ...(edited ?? assert.fail()) },
    group: { kind: 'group', connection: key, groupId: edited?.assignment.target.groupId ?? assert.fail() },
    change: { kind: 'change', connection: key, change: pastChange({ connection: key }) },
  } satisfies Readonly<Record<string, Node>>;
  one.happened();
  return { one, nodes };
}

const rowOf: Readonly<Record<WritingCommand, 'script' | 'assignment' | 'group' | 'change' | undefined>> = {
  assignToGroup: 'script',
  assignScriptsToGroup: 'group',
  assignToAllDevices: 'script',
  assignToAllUsers: 'script',
  excludeGroup: 'script',
  editAssignment: 'assignment',
  removeAssignment: 'assignment',
  removeAssignments: 'script',
  removeGroup: 'group',
  copyAssignments: 'script',
  replaceGroup: 'assignment',
  undoChange: 'change',
  resumeChange: 'change',
  finishChange: 'change',
  cancelApproval: 'change',
  applyPlan: undefined,
};

const readOnly = 'Intune Scripts is set to read only.';

async function run(
  command: WritingCommand,
  setTo: boolean,
  args: (nodes: Awaited<ReturnType<typeof planned>>['nodes']) => readonly Node[],
) {
  const { one, nodes } = await planned();
  one.settings = { ...one.settings, readOnly: setTo };
  await handlersOf(one)[command](...args(nodes));
  return one.happened();
}

describe('read only', () => {
  for (const command of writingCommands) {
    const row = rowOf[command];
    // That of a plan is told after the review, as the other refusals of then are.
    const said = command === 'applyPlan' ? `${readOnly} Nothing was written.` : readOnly;

    test(`refuses ${command}, which asks for no permission and sends nothing`, async () => {
      assert.deepEqual(await run(command, true, () => []), [said]);
      if (row) assert.deepEqual(await run(command, true, nodes => [nodes[row]]), [said]);
    });

    test(`is what stops ${command}, which goes on without it`, async () => {
      const happened = await run(command, false, nodes => (row ? [nodes[row]] : []));
      assert.ok(happened.length > 0);
      assert.doesNotMatch(happened.join('\n'), /read only/);
    });
  }

  test('refuses rows that are dropped on a script, which go on without it', async () => {
    const drop = async (setTo: boolean): Promise<readonly string[]> => {
      const { one, nodes } = await planned();
      one.settings = { ...one.settings, readOnly: setTo };
      await dropOnScripts(one.parts)({ target: nodes.script, text: draggedText([nodes.group]) });
      return one.happened();
    };
    assert.deepEqual(await drop(true), [readOnly]);
    assert.deepEqual(await drop(false), ['permission: write']);
  });

  test('refuses Undo… of a notification, which may have stood for hours', async () => {
    const { one } = await planned();
    one.settings = { ...one.settings, readOnly: true };
    await undoById(one.parts, one.world.connection, 'change');
    assert.deepEqual(one.happened(), [readOnly]);
  });
});
