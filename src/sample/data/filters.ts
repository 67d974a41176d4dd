import type { JsonObject } from '../wire/json.ts';

const rows = [
  ['Corporate Windows Devices', 'windows10AndLater', '(device.deviceOwnership -eq "Corporate")', 'devices'],
  ['Virtual Machines', 'windows10AndLater', '(device.model -startsWith "Virtual")', 'devices'],
  ['Personal Macs', 'macOS', '(device.deviceOwnership -eq "Personal")', 'devices'],
  ['Managed Teams App', 'androidMobileApplicationManagement', '(app.appVersion -eq "1.0")', 'apps'],
] as const;

/** The assignment filters of the tenant. */
export function makeFilters(id: (index: number) => string): JsonObject[] {
  return rows.map(([displayName, platform, rule, assignmentFilterManagementType], index) => ({
    id: id(index),
    createdDateTime: '2024-05-06T07:08:09.1234567Z',
    lastModifiedDateTime: '2024-05-06T07:08:09.1234567Z',
    displayName,
    description: '',
    platform,
    rule,
    roleScopeTags: ['0'],
    payloads: [],
    assignmentFilterManagementType,
  }));
}
