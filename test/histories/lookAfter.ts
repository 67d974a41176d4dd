// What a window finds out about interrupted changes, and what the history says in the end.
import { followApprovals } from '../../src/intune/history/approvals.ts';
import { readHistory, recover } from '../../src/intune/history/recovery.ts';
import { propose } from '../../src/intune/plan/propose.ts';
import type { StoredRow } from '../../src/sample/index.ts';
import type { OpenWindow } from './computer.ts';
import { judgeWrite } from './judge.ts';
import { type Delta, isDirect, showsDelta } from './model.ts';
import { recipientOf, textOf } from './spelling.ts';
import { type Stage, shortId } from './stage.ts';

const most = 40;

async function judgeHistory(stage: Stage, window: OpenWindow, isLast: boolean): Promise<void> {
  for (const { id, writes } of await readHistory(window.journal)) {
    for (const write of writes) {
      const one = stage.watched.get(write.script.id);
      if (one) judgeWrite(stage, one, id, write, isLast);
    }
  }
}

/** Whether a set shows a change as it was written: nobody that it takes away is reached in another way. */
function showsAsWritten(rows: readonly StoredRow[], delta: Delta): boolean {
  const added = new Set(delta.added.map(({ target }) => recipientOf(target)));
  const gone = new Set(delta.removed.map(({ target }) => recipientOf(target)).filter(recipient => !added.has(recipient)));
  return showsDelta(rows, delta) && !rows.some(row => isDirect(row) && gone.has(recipientOf(row.target)));
}

/** What was told to be accepted and not to show. */
function judgeDropped({ watched, report }: Stage, dropped: ReadonlySet<string>): void {
  for (const { script, witness } of watched.values()) {
    for (const { startId = '', delta, lost } of witness.attempts.values()) {
      if (lost || !dropped.has(startId) || !showsAsWritten(witness.entries.at(-1)?.rows ?? [], delta)) continue;
      const text = `${shortId(script)}: told not to show: +${delta.added.map(textOf).join()} -${delta.removed.map(textOf).join()}`;
      report.breaches.push({ kind: 'alarm', text });
    }
  }
}

/** Looks after what was interrupted, again and again as long as that can tell more, and at most so many times. */
export async function lookAfter(stage: Stage, window: OpenWindow, looks: number): Promise<void> {
  const { connection, journal, parts, seen } = window;
  const look = () => journal.exclusively(() => recover(connection.client, journal, stage.computer.memory, seen, parts.clock));
  for (let n = 0; n < looks; n += 1) {
    const done = await window.until(look);
    if (!done) return;
    const recovered = done.value?.value;
    stage.report.story.push(`look: ${window.name} ${recovered ? `again in ${recovered.lookAgainIn}` : 'busy'}`);
    if (recovered) judgeDropped(stage, recovered.dropped);
    await judgeHistory(stage, window, false);
    if (recovered && recovered.lookAgainIn === undefined) return;
    await stage.clock.sleep(recovered?.lookAgainIn ?? 60_000);
  }
}

/** Everything gets its time: what the history says then is for good, and no script is blocked. */
export async function settleAll(stage: Stage): Promise<void> {
  const { clock, watched, report } = stage;
  const window = stage.window(0);
  const { connection, journal, parts } = window;
  await clock.sleep(15 * 60_000);
  await followApprovals(connection.client, journal, parts.clock);
  await lookAfter(stage, window, most);
  await judgeHistory(stage, window, true);
  await clock.sleep(15 * 60_000);
  const scripts = [...watched.values()].map(({ script: { family, id } }) => ({ family, id, name: id }));
  const { unreadable } = await propose(connection, { scripts, changesFor: () => [], groups: [] }, await journal.read(), parts.clock);
  for (const { script, error } of unreadable) {
    if (error.code === 'notShownYet')
      report.breaches.push({ kind: 'blocked', text: `${script.id.slice(0, 4)} cannot be changed any more` });
  }
}
