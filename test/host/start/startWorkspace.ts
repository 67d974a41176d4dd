import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hostDir } from '../run/paths.mjs';

const readme = `# Intune Scripts, on a sample tenant

Nothing here leaves this machine: the tenant is a sample that lives in memory, with its scripts, groups and devices.

1. Press the **Intune Scripts** icon in the activity bar on the left, and unfold a kind of script.
2. Right-click a script and choose **Assign to Group…**. Pick one or more groups, read what will change, and confirm.
3. Select several scripts with Ctrl or Shift, and assign them together.
4. Unfold the script: the new assignment is there, beside those it had.
5. Open the command palette (F1) and type \`Intune Scripts\` to see everything else.

The scripts in this folder are examples. Change them as you like: the next start brings them back.
`;

const windowsScript = `# Reports how much space is left on the system drive.
$drive = Get-PSDrive -Name $env:SystemDrive.TrimEnd(':')
Write-Output ('{0:N1} GB free' -f ($drive.Free / 1GB))
`;

const detection = `# Detection of a remediation: exit code 1 asks for the remediation to run.
$limit = 10GB
$drive = Get-PSDrive -Name $env:SystemDrive.TrimEnd(':')
if ($drive.Free -lt $limit) { exit 1 }
exit 0
`;

const shellScript = `#!/bin/sh
# Turns the firewall on.
/usr/libexec/ApplicationFirewall/socketfilterfw --setglobalstate on
`;

const files = {
  'README.md': readme,
  'windows/Get-FreeSpace.ps1': windowsScript,
  'windows/Test-FreeSpace.ps1': detection,
  'macos/enable-firewall.sh': shellScript,
};

/** Writes the folder that `npm start` opens, as new each time. */
export async function writeStartWorkspace(): Promise<string> {
  const folder = path.join(hostDir, 'start-workspace');
  await rm(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}
