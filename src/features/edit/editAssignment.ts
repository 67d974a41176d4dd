import { l10n } from 'vscode';
import { resolveNodes } from '../../app/selection.ts';
import { type Script, scriptKey } from '../../intune/model/script.ts';
import { editAssignment as editChanges, isEditable, rowRef, type ShownRow, turnAssignment } from '../../intune/plan/editAssignment.ts';
import { rowMeant } from '../../intune/plan/plan.ts';
import { readForPlan } from '../../intune/plan/propose.ts';
import type { AssignmentOf } from '../../intune/plan/removals.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { assignmentRows } from '../../ui/assignmentPicker.ts';
import { inOneLine } from '../../ui/format/count.ts';
import { isExclusion, namesOf, quoted, scriptLabel, targetLabel } from '../../ui/format/names.ts';
import type { Node } from '../../ui/nodes.ts';
import { withViewProgress } from '../../ui/progress.ts';
import { scriptRows } from '../../ui/scriptPicker.ts';
import { changeAssignments } from '../change/changeFlow.ts';
import { ensureWriteTiers, requireWritable, type WriteAccessParts } from '../change/writeAccess.ts';
import { askEdit, type EditDecision, type EditQuestion } from './askEdit.ts';

type Row = AssignmentOf<Script>;

const editableRows = (script: Script): readonly Row[] =>
  script.assignments.flatMap(assignment => (isEditable(script, assignment) ? [{ script, assignment }] : []));

/** A script, then one of its assignments; back from there leads to the scripts again. */
async function pickRow({ pickOne, clock }: WriteAccessParts, { inventory }: Connection): Promise<Row | undefined> {
  for (;;) {
    const scripts = scriptRows(inventory.scripts().filter(script => editableRows(script).length > 0));
    const words = {
      title: l10n.t('Edit Assignment: Script'),
      placeholder: l10n.t('Search scripts whose assignments have a schedule or a filter'),
    };
    const script = await pickOne(scripts, words);
    if (script?.kind !== 'picked') return undefined;
    const rows = assignmentRows(editableRows(script.value), namesOf(inventory), clock.now());
    const title = l10n.t('Edit Assignment of {0}', quoted(scriptLabel(script.value)));
    const row = await pickOne(rows, { title, placeholder: l10n.t('Choose the assignment') }, { back: true });
    if (row?.kind !== 'back') return row?.value;
  }
}

/** The assignments that rows stand for, of scripts that the inventory has. */
function rowsOf(nodes: readonly Node[], { inventory }: Connection): readonly Row[] {
  const known = new Map(inventory.scripts().map(script => [scriptKey(script), script]));
  return nodes.flatMap(node => {
    const script = 'assignment' in node ? known.get(scriptKey(node.script)) : undefined;
    return script && 'assignment' in node ? [{ script, assignment: node.assignment }] : [];
  });
}

/** The one row to edit; undefined after words, or where the user left. */
async function theRow(parts: WriteAccessParts, connection: Connection, args: readonly unknown[]): Promise<Row | undefined> {
  const nodes = resolveNodes(args, parts.selectedNodes);
  if (!nodes) return pickRow(parts, connection);
  const [row, ...others] = rowsOf(nodes, connection);
  if (!row || others.length > 0) void parts.say(l10n.t('Select one assignment to edit it.'));
  else if (!isEditable(row.script, row.assignment))
    void parts.say(l10n.t('This assignment has no schedule and no filter that could be changed here.'));
  else return row;
  return undefined;
}

/** What there is now, as just read: what is shown in a tree may be hours old. Undefined where the row is gone, after words. */
async function readQuestion(
  parts: WriteAccessParts,
  connection: Connection,
  { script, assignment }: Row,
): Promise<EditQuestion | undefined> {
  const { client, inventory } = connection;
  const base = (await readForPlan(client, [script], [])).bases.get(scriptKey(script));
  if (base && !base.ok) throw base.error;
  const row = rowMeant(base?.value ?? [], rowRef({ assignment, all: script.assignments }));
  if (!row) {
    void parts.say(l10n.t('This assignment is not there any more. Refresh, and look again.'));
    return undefined;
  }
  const { target, schedule } = row;
  return {
    title: l10n.t(
      'Edit Assignment of {0}: {1}',
      quoted(scriptLabel(script)),
      inOneLine([targetLabel(target, inventory.groups), isExclusion(target) ? l10n.t('excluded') : undefined]),
    ),
    family: script.family,
    inventory,
    now: parts.clock.now(),
    before: { kind: target.kind, schedule, filter: target.filter },
  };
}

async function change(parts: WriteAccessParts, connection: Connection, { script, assignment }: Row, decision: EditDecision): Promise<void> {
  const group = connection.inventory.groups.get(assignment.target.groupId ?? '');
  const shown: ShownRow = { assignment, all: script.assignments };
  const changes = decision.kind === 'edit' ? editChanges(shown, decision.edit) : turnAssignment(script, shown, decision.options);
  await changeAssignments(parts, connection, {
    scripts: [script],
    // Counted beside the first read, for the review to say whom a new schedule reaches.
    groups: group?.status === 'named' ? [{ id: group.id, name: group.name ?? '' }] : [],
    // An inclusion is not given up for an exclusion that cannot be, nor the other way round.
    allOrNone: decision.kind === 'turn',
    changesFor: () => changes,
  });
}

/** Edit Assignment…: schedule and filter of one assignment, or whether it includes or excludes its group. */
export const editAssignment =
  (parts: WriteAccessParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const row = connection && (await theRow(parts, connection, args));
    if (!connection || !row || !(await ensureWriteTiers(parts, [row.script]))) return;
    const question = await withViewProgress(() => readQuestion(parts, connection, row));
    const decision = question && (await askEdit(parts, question));
    if (decision) await change(parts, connection, row, decision);
  };
