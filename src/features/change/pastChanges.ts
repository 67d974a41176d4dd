import { l10n } from 'vscode';
import { type ConnectionParts, requireConnection } from '../../app/connection.ts';
import type { Followed } from '../../intune/history/approvals.ts';
import type { PastChange, PastWrite, SomeWrites } from '../../intune/history/pastChange.ts';
import { readHistory } from '../../intune/history/recovery.ts';
import { scriptKey } from '../../intune/model/script.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { changeLabel, summaryWord } from '../../ui/format/change.ts';
import { inOneLine, scriptCount } from '../../ui/format/count.ts';
import { scriptLabel } from '../../ui/format/names.ts';
import { isNode, type Node } from '../../ui/nodes.ts';
import type { PickOne, PickRow } from '../../ui/quickPick.ts';
import { changeReport, reportText } from './report.ts';
import type { WriteCommandParts } from './writeAccess.ts';

/** A change, or some of its writes. */
export interface Chosen extends SomeWrites {
  /** All changes of the connection, newest first. */
  readonly changes: readonly PastChange[];
}

export interface ChooseParts extends Pick<WriteCommandParts, 'journal'>, Pick<ConnectionParts, 'say'> {
  readonly pickOne: PickOne;
}

/** What is chosen, and why. */
interface ChangeChoice {
  readonly title: string;
  /** What is said where there is none. */
  readonly none: string;
  readonly counts: (write: PastWrite) => boolean;
  /** Reads how requests for approval stand, for the words of what is offered. */
  readonly readStates?: () => Promise<Followed['states'] | undefined>;
}

const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function rowOf(
  change: PastChange,
  changes: readonly PastChange[],
  { inventory }: Connection,
  states: Followed['states'] | undefined,
): PickRow<PastChange> {
  const [only] = change.writes;
  const scripts = only && change.writes.length === 1 ? scriptLabel(only.script) : scriptCount(change.writes.length);
  const description = inOneLine([scripts, dateAndTime.format(new Date(change.at)), summaryWord(change, states)]);
  return { kind: 'choice', label: changeLabel(change, inventory.groups, changes), description, value: change };
}

/** The row of the Changes view that a command was called on. */
function nodeOf([item]: readonly unknown[], { key }: Connection): (Node & { readonly change: PastChange }) | undefined {
  if (!isNode(item) || item.connection !== key) return undefined;
  return item.kind === 'change' || item.kind === 'changedScript' ? item : undefined;
}

/**
 * The change of a row, or the one that the user picks, and those of its writes that count. What the row holds may be old, so that the
 * journal is read again. Undefined when the user leaves, and after words where there is none.
 */
export async function chooseChange(
  { journal, pickOne, say }: ChooseParts,
  connection: Connection,
  args: readonly unknown[],
  { title, none, counts, readStates }: ChangeChoice,
): Promise<Chosen | undefined> {
  const changes = await readHistory(journal(connection));
  const node = nodeOf(args, connection);
  const offered = changes.filter(({ writes }) => writes.some(counts));
  const states = node || offered.length === 0 ? undefined : await readStates?.();
  const answer =
    node || offered.length === 0
      ? undefined
      : await pickOne(
          offered.map(change => rowOf(change, changes, connection, states)),
          { title, placeholder: l10n.t('Choose a change') },
        );
  const change = node ? offered.find(({ id }) => id === node.change.id) : answer?.kind === 'picked' ? answer.value : undefined;
  if (!change) {
    if (node || offered.length === 0) void say(none);
    return undefined;
  }
  const only = node?.kind === 'changedScript' ? node.write : undefined;
  const writes = change.writes.filter(
    write => counts(write) && (!only || (scriptKey(write.script) === scriptKey(only.script) && write.id === only.id)),
  );
  if (writes.length > 0) return { change, writes, changes };
  void say(none);
  return undefined;
}

export interface ShowChangeParts extends ConnectionParts, Pick<WriteCommandParts, 'journal' | 'documents'> {
  readonly connection: ConnectionParts['connection'];
  readonly pickOne: PickOne;
}

async function show(
  { documents }: Pick<ShowChangeParts, 'documents'>,
  { tenantName, inventory }: Connection,
  { change, changes }: Pick<Chosen, 'change' | 'changes'>,
): Promise<void> {
  const report = changeReport(change, { tenantName, groups: inventory.groups, changes });
  await documents.showText(l10n.t('Report.md'), reportText(report));
}

/** Show Report: opens a document with all that the journal tells of a change. */
export const showReport =
  (parts: ShowChangeParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireConnection(parts);
    if (!connection) return;
    const words = { title: l10n.t('Show a Report'), none: l10n.t('Nothing was changed here yet.'), counts: () => true };
    const chosen = await chooseChange(parts, connection, args, words);
    if (chosen) await show(parts, connection, chosen);
  };

/** Opens the report of a change that has just been made; whether the journal has it. */
export async function showChangeById(
  parts: Pick<WriteCommandParts, 'journal' | 'documents'>,
  connection: Connection,
  id: string,
): Promise<boolean> {
  const changes = await readHistory(parts.journal(connection));
  const change = changes.find(one => one.id === id);
  if (change) await show(parts, connection, { change, changes });
  return change !== undefined;
}
