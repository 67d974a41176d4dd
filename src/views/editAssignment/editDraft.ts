import type { AssignmentOptions } from '../../intune/addTargets.ts';
import type { AssignmentEdit } from '../../intune/editAssignment.ts';
import { defaultSchedule, type Schedule } from '../../intune/schedule.ts';
import type { Filter, TargetKind } from '../../intune/target.ts';

/** What a row is to be. */
export interface EditDraft {
  readonly kind: TargetKind;
  readonly schedule: Schedule | undefined;
  /** Undefined where nobody knows. */
  readonly remediates: boolean | undefined;
  readonly filter: Filter | undefined;
}

/** What a person decided: to change a row, or to exclude what it includes and the other way round. */
export type EditDecision =
  | { readonly kind: 'edit'; readonly edit: AssignmentEdit }
  | { readonly kind: 'turn'; readonly options: AssignmentOptions };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a draft changes anything. */
export const isChanged = (before: EditDraft, after: EditDraft): boolean => !same(before, after);

/**
 * The other of including and excluding. An exclusion says nothing more; what is included anew starts with the defaults, `remediates` among
 * them.
 */
export const turned = (before: EditDraft, now: EditDraft, remediates: boolean): EditDraft => {
  if (now.kind !== before.kind) return before;
  return now.kind === 'group'
    ? { kind: 'exclusionGroup', schedule: undefined, remediates: undefined, filter: undefined }
    : { kind: 'group', schedule: defaultSchedule, remediates, filter: undefined };
};

/** What of a draft differs from what there was; of a row that is included anew, from the default of `newRemediates`. */
export function decisionOf(before: EditDraft, { kind, schedule, remediates, filter }: EditDraft, newRemediates: boolean): EditDecision {
  if (kind !== before.kind) {
    const chosen = remediates !== undefined && remediates !== newRemediates;
    return { kind: 'turn', options: { ...(schedule && { schedule }), ...(chosen && { remediates }), filter } };
  }
  return {
    kind: 'edit',
    edit: {
      ...(schedule && !same(schedule, before.schedule) && { schedule }),
      ...(remediates !== undefined && remediates !== before.remediates && { remediates }),
      ...(!same(filter, before.filter) && { filter: filter ?? null }),
    },
  };
}
