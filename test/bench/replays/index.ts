import { allGroupsThenFamilies } from './allGroupsThenFamilies.ts';
import { assignmentsOneByOne } from './assignmentsOneByOne.ts';
import { assignWithoutReading } from './assignWithoutReading.ts';
import { groupOncePerTenant } from './groupOncePerTenant.ts';
import { groupPerAssignment } from './groupPerAssignment.ts';
import { oneBatchAndAllGroups } from './oneBatchAndAllGroups.ts';
import type { Replay } from './replay.ts';

/** How other tools ask for the same things, by their public sources. Each runs against a tenant of its own, like ours. */
export const replays: readonly Replay[] = [
  oneBatchAndAllGroups,
  allGroupsThenFamilies,
  groupOncePerTenant,
  groupPerAssignment,
  assignmentsOneByOne,
  assignWithoutReading,
];
