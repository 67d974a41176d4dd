import { errorToJournal, type JournalChange } from '../intune/journal/journal.ts';
import { type ScriptRef, scriptKey } from '../intune/model/script.ts';
import type { Proposal } from '../intune/plan/proposal.ts';
import type { Wanted } from '../intune/plan/propose.ts';
import type { ChangeNote } from '../intune/write/write.ts';
import { shortfallWords } from '../views/words/shortfall.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

const refOf = ({ family, id, name }: ScriptRef): ScriptRef => ({ family, id, name });

/** What the journal tells of a change, its groups' names included: later, somebody may have deleted them. */
export function changeNote(
  id: string,
  { plans, groups, unchanged, unreadable, shortfalls }: Proposal,
  { undoes, resumes, allOrNone }: Wanted,
): ChangeNote & { readonly id: string } {
  const ids = plans.flatMap(({ rows }) => rows.flatMap(({ assignment }) => assignment.target.groupId ?? []));
  const names = [...new Set(ids)].flatMap(groupId => {
    const group = groups.get(groupId);
    return group?.status === 'named' && group.name !== undefined ? [[groupId, group.name] as const] : [];
  });
  return {
    id,
    groupNames: Object.fromEntries(names),
    undoes,
    resumes,
    allOrNone,
    asWanted: unchanged.map(({ script }) => refOf(script)),
    unreadable: unreadable.map(({ script, error }) => ({ script: refOf(script), error: errorToJournal(error) })),
    shortfalls: [...plans, ...unchanged].flatMap(({ script }) => {
      const texts = (shortfalls.get(scriptKey(script)) ?? []).map(shortfall => shortfallWords(shortfall, groups));
      return texts.length > 0 ? [{ script: refOf(script), texts }] : [];
    }),
  };
}

/** Journals that the rest of a change is as wanted already: there is nothing left of it to resume. */
export async function noteAsWanted({ journal, newId, clock }: WriteCommandParts, proposal: Proposal, wanted: Wanted): Promise<void> {
  // What a deleted group cannot get is not as wanted.
  if (wanted.resumes === undefined || proposal.gone.length > 0 || proposal.unchanged.length === 0) return;
  const { connection } = proposal;
  const at = new Date(clock.now()).toISOString();
  const change: JournalChange = {
    type: 'change',
    ...changeNote(newId(), proposal, wanted),
    at,
    connection: connection.key,
    account: connection.account,
    wanted: [],
  };
  await journal(connection).append([change]);
}
