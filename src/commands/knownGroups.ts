import type { KnownGroup } from '../intune/model/group.ts';
import type { Wanted } from '../intune/plan/propose.ts';

/** Those groups whose state is known, so that a plan counts them, and looks whether they are there, with its first read. */
export const knownGroups = (groups: ReadonlyMap<string, KnownGroup>, ids: readonly string[]): Wanted['groups'] =>
  [...new Set(ids)].flatMap(id => {
    const group = groups.get(id);
    return group && group.status !== 'unreadable' ? [{ id, name: group.name ?? '' }] : [];
  });
