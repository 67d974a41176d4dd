import type { GraphClient, Outcome } from '../../graph/client.ts';
import type { Assignment } from '../assignment.ts';
import { missingFrom, sameAssignments } from '../equality.ts';
import type { JournalEnd } from '../journal.ts';
import { scriptKey } from '../script.ts';
import { mayLag, maySendFor } from '../write/hidden.ts';
import { isUnsettled, type PastChange, type PastWrite } from './pastChange.ts';
import { presentRow } from './presentRow.ts';
import { readNow } from './readNow.ts';
import { standingOf } from './undo.ts';

/** What reading has told of the writes that nobody knew the outcome of. */
export interface Settlement {
  /** For the journal. */
  readonly ends: readonly JournalEnd[];
  /** Milliseconds until another look can tell more; undefined where nothing is open any more. */
  readonly lookAgainIn: number | undefined;
}

type Verdict = 'written' | 'changedAfter' | 'cancelled' | 'undecided';

const direct = (rows: readonly Assignment[]): readonly Assignment[] => rows.filter(row => row.direct);

/** What the rows of now tell of a write. `late` is whether it would show by now. Undefined as long as nobody can tell. */
function verdictOn(write: PastWrite, read: Outcome<readonly Assignment[]>, late: boolean): Verdict | undefined {
  const { after, differences } = write;
  // A script that is gone tells nothing, and never will.
  if (!read.ok) return read.error.status === 404 ? 'undecided' : undefined;
  const rows = direct(read.value);
  const standings = differences.map(difference => standingOf(difference, presentRow(difference, write, rows)));
  const [first] = standings;
  if (first === 'asWritten' && standings.every(standing => standing === first)) {
    if (sameAssignments(rows, direct(after))) return 'written';
    if (missingFrom(rows, direct(after)).length === 0) return 'changedAfter';
  }
  if (!late) return undefined;
  // `assign` replaces the set as a whole: a part of it shows where somebody else was at it too, who may have written our very rows.
  return first === 'asBefore' && standings.every(standing => standing === first) ? 'cancelled' : 'undecided';
}

/** What was approved and not done can still be done; what was completed, and does not show, somebody has taken back. */
const notDone = ({ approval, completed }: PastWrite): JournalEnd['outcome'] =>
  completed ? 'undecided' : approval ? 'pending' : 'cancelled';

/** Milliseconds until a write would show; 0 or less where it would by now. */
const showsIn = ({ at = '', outcome }: PastWrite, now: number): number =>
  Date.parse(at) + mayLag + (outcome === 'unsettled' ? maySendFor : 0) - now;

/**
 * Finds out by reading what became of writes whose window died, or whose answer was lost: never by writing. `now` is in milliseconds since
 * the epoch. Rejects when it is cancelled; a script that cannot be read stays open.
 */
export async function settleInterrupted(client: GraphClient, changes: readonly PastChange[], now: number): Promise<Settlement> {
  const open = changes.flatMap(({ writes }) => writes.filter(isUnsettled));
  const scripts = new Map(open.map(({ script }) => [scriptKey(script), script]));
  const read = await readNow(client, [...scripts.values()]);
  const ends: JournalEnd[] = [];
  const waits: number[] = [];
  for (const write of open) {
    const wait = showsIn(write, now);
    const rows = read.get(scriptKey(write.script));
    const verdict = rows && verdictOn(write, rows, wait <= 0);
    const outcome = verdict === 'cancelled' ? notDone(write) : verdict;
    if (outcome && write.id !== undefined) ends.push({ type: 'end', id: write.id, at: new Date(now).toISOString(), outcome });
    else waits.push(wait > 0 ? wait : mayLag);
  }
  return { ends, lookAgainIn: waits.length > 0 ? Math.min(...waits) : undefined };
}
