// Random assignments of every kind that the service has, and of kinds that it may have one day.
import fc from 'fast-check';
import type { JsonObject } from '../../src/sample/wire/json.ts';
import type { RowSpec } from './history.ts';

const type = (name: string): JsonObject => ({ '@odata.type': `#microsoft.graph.${name}` });

/** The groups of the tenants, with letters, so that their case can change; the last one was deleted. */
export const groupIds = ['a', 'b', 'c', 'd', 'e', 'f'].map(letter => `${letter.repeat(8)}-1a2b-4c3d-8e4f-0123456789a${letter}`);

const included = groupIds.map((groupId): JsonObject => ({ ...type('groupAssignmentTarget'), groupId }));
const excluded = groupIds.slice(0, 3).map((groupId): JsonObject => ({ ...type('exclusionGroupAssignmentTarget'), groupId }));
const everyone = [type('allDevicesAssignmentTarget'), type('allLicensedUsersAssignmentTarget')];
const others: readonly JsonObject[] = [
  { ...type('configurationManagerCollectionAssignmentTarget'), collectionId: 'SMS00001' },
  { ...type('configurationManagerCollectionAssignmentTarget'), collectionId: 'XYZ00014' },
  { ...type('scopeTagGroupAssignmentTarget'), targetType: 'device', entraObjectId: groupIds[1] ?? '' },
  { ...type('ringAssignmentTarget'), entraObjectId: 'pilot', rings: [{ order: 1, share: 0.1, owner: null }, { order: 2 }] },
];

/** Of a target that nobody knows, another property may make it another target or not: nobody could say. */
const isKnown = (of: JsonObject): boolean => !others.slice(2).includes(of);

const target = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...included) },
  { weight: 2, arbitrary: fc.constantFrom(...excluded) },
  { weight: 2, arbitrary: fc.constantFrom(...everyone) },
  { weight: 2, arbitrary: fc.constantFrom(...others) },
);

const filterIds = ['f11e5a11-0000-4000-8000-00000000000a', 'f11e5a11-0000-4000-8000-00000000000b'];
export const filters = filterIds.flatMap(deviceAndAppManagementAssignmentFilterId =>
  ['include', 'exclude'].map(
    (deviceAndAppManagementAssignmentFilterType): JsonObject => ({
      deviceAndAppManagementAssignmentFilterId,
      deviceAndAppManagementAssignmentFilterType,
    }),
  ),
);
const filter = fc.oneof({ weight: 3, arbitrary: fc.constant<JsonObject>({}) }, { weight: 2, arbitrary: fc.constantFrom(...filters) });

const daily = { ...type('deviceHealthScriptDailySchedule'), interval: 1 };
const once = { ...type('deviceHealthScriptRunOnceSchedule'), interval: 1 };

/** Of a schedule that stays as it is, and does not come anew. */
export const passedDate = '2024-02-29';

const schedule = fc.constantFrom<(JsonObject | undefined)[]>(
  undefined,
  { ...type('deviceHealthScriptHourlySchedule'), interval: 8 },
  { ...daily, time: '09:00:00', useUtc: false },
  { ...daily, interval: 3, time: '23:59:59.2550000', useUtc: true },
  { ...once, date: '2030-12-31', time: '06:30:00', useUtc: true },
  // Passed long ago: it stays as it is.
  { ...once, date: passedDate, time: '12:00:00', useUtc: false },
  // Of a newer service: a property, and a kind.
  { ...daily, time: '07:15:00', useUtc: false, jitter: { minutes: 30 } },
  { ...type('deviceHealthScriptWeeklySchedule'), days: ['monday', 'friday'], time: '10:00:00' },
);

const targetMore = fc.oneof(
  { weight: 5, arbitrary: fc.constant<JsonObject>({}) },
  { weight: 1, arbitrary: fc.constantFrom<JsonObject[]>({ platform: 'windows10' }, { rollout: { rings: [1, 2], owner: { id: null } } }) },
);

const more = fc.oneof(
  { weight: 5, arbitrary: fc.constant<JsonObject>({}) },
  { weight: 1, arbitrary: fc.constantFrom<JsonObject[]>({ priority: 3 }, { retry: { count: 2, after: ['PT1H'] } }) },
);

/** An assignment. Only in families of the settings catalog `policySet` counts, and schedules only with remediations. */
export const row: fc.Arbitrary<RowSpec> = fc
  .record({
    target,
    filter,
    targetMore,
    runSchedule: schedule,
    runRemediationScript: fc.constantFrom(undefined, true, false),
    more,
    policySet: fc.constantFrom(false, false, true),
  })
  .map(({ filter: by, targetMore: extra, ...rest }) => ({
    ...rest,
    target: { ...rest.target, ...by, ...(isKnown(rest.target) && extra) },
  }));
