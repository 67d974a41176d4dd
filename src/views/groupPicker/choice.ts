import type { Group } from '../../intune/model/group.ts';
import type { Target } from '../../intune/model/target.ts';

/** Everyone, as a kind of target. */
export type Everyone = 'allDevices' | 'allUsers';

/** What can be picked: a group, or everyone. */
export type Choice = Group | { readonly id: Everyone };

export const isGroup = (choice: Choice): choice is Group => 'membership' in choice;

/** The target that includes what was picked. */
export const targetOf = (choice: Choice): Target => (isGroup(choice) ? { kind: 'group', groupId: choice.id } : { kind: choice.id });
