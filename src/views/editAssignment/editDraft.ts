import type { AssignmentEdit } from '../../intune/model/assignment.ts';
import { defaultSchedule, type Schedule } from '../../intune/model/schedule.ts';
import type { Filter, TargetKind } from '../../intune/model/target.ts';
import type { AssignmentOptions } from '../../intune/plan/addTargets.ts';

/** What a row is to be. */
export interface EditDraft {
  readonly kind: TargetKind;
  readonly schedule: Schedule | undefined;
  readonly filter: Filter | undefined;
}

/** What a person decided: to change a row, or to exclude what it includes and the other way round. */
export type EditDecision =
  | { readonly kind: 'edit'; readonly edit: AssignmentEdit }
  | { readonly kind: 'turn'; readonly options: AssignmentOptions };

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a draft changes anything. */
export const isChanged = (before: EditDraft, after: EditDraft): boolean => !same(before, after);

/** The other of including and excluding. An exclusion says nothing more; what is included anew starts with the defaults. */
export const turned = (before: EditDraft, now: EditDraft): EditDraft => {
  if (now.kind !== before.kind) return before;
  return now.kind === 'group'
    ? { kind: 'exclusionGroup', schedule: undefined, filter: undefined }
    : { kind: 'group', schedule: defaultSchedule, filter: undefined };
};

/** What of a draft differs from what there was. */
export function decisionOf(before: EditDraft, { kind, schedule, filter }: EditDraft): EditDecision {
  if (kind !== before.kind) return { kind: 'turn', options: { ...(schedule && { schedule }), filter } };
  return {
    kind: 'edit',
    edit: {
      ...(schedule && !same(schedule, before.schedule) && { schedule }),
      ...(!same(filter, before.filter) && { filter: filter ?? null }),
    },
  };
}
