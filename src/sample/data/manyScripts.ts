import { daily, deletedGroup, group, groupAt, type RowSeed, type ScriptSeed } from './seed.ts';

const verbs = ['Install', 'Remove', 'Configure', 'Repair', 'Report', 'Update', 'Disable', 'Enable'];
const things = [
  '7-Zip',
  'Adobe Reader',
  'Chrome Policies',
  'Citrix Client',
  'Edge Favorites',
  'Event Log Size',
  'Firewall Rules',
  'Java Runtime',
  'OneDrive',
  'SMBv1',
  'Start Menu',
  'TLS 1.0',
  'Zoom Client',
];

/** Platform scripts that fill up to 300: the first has 40 targets, the second three deleted groups. */
export function manyPlatformScripts(count: number): ScriptSeed[] {
  const wide = {
    name: 'Baseline for All Branch Offices',
    content: 'exit 0\n',
    rows: Array.from({ length: 40 }, (_, index) => groupAt(200 + index)),
  };
  const orphaned = {
    name: 'Legacy Baseline',
    content: 'exit 0\n',
    rows: [deletedGroup(0), deletedGroup(1), deletedGroup(2), group('HR Devices')],
  };
  return [wide, orphaned, ...named(count - 2, row => row)];
}

/** Remediations that fill up to 200. */
export function manyRemediations(count: number): ScriptSeed[] {
  return named(count, row => daily(row, '08:00:00')).map(script => ({ ...script, remediation: 'exit 0\n' }));
}

function named(count: number, shape: (row: RowSeed) => RowSeed): ScriptSeed[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${verbs[index % verbs.length]} ${things[index % things.length]} ${String(index + 1).padStart(3, '0')}`,
    content: `Write-Output 'script ${index + 1}'\n`,
    rows: Array.from({ length: index % 4 }, (_, at) => shape(groupAt(300 + index * 3 + at))),
  }));
}
