import { guidMaker } from '../random.ts';
import type { SampleScript } from '../state/stored.ts';
import { plainPolicy } from './linuxEntity.ts';

const areas = [
  'Defender Antivirus',
  'BitLocker',
  'Edge',
  'OneDrive',
  'Windows Update',
  'Firewall',
  'Office',
  'Start Menu',
  'Power',
  'Device Guard',
];
const rings = ['Pilot', 'Broad', 'Critical', 'Kiosks', 'Finance', 'HR'];
const platforms = ['windows10', 'windows10', 'macOS', 'windows10', 'linux'];

/** Policies of the settings catalog among which the Linux scripts stand. */
export function otherPolicies(seed: number, count: number): SampleScript[] {
  const id = guidMaker(seed, 'other policies');
  return Array.from({ length: count }, (_, index) => {
    const name = `${areas[index % areas.length]} – ${rings[Math.floor(index / areas.length) % rings.length]} ${Math.floor(index / 60) + 1}`;
    const stamp = '2025-02-03T10:15:00.0000000Z';
    const common = { id: id(index), description: '', createdDateTime: stamp, lastModifiedDateTime: stamp, roleScopeTagIds: ['0'] };
    const entity = { ...common, ...plainPolicy(name, platforms[index % platforms.length] ?? 'windows10') };
    return { family: 'configurationPolicies', id: id(index), entity, versions: [] };
  });
}
