import { allDevices, allUsers, daily, deletedGroup, exclude, filtered, group, hourly, once, type ScriptSeed } from './seed.ts';

/** Remediations (deviceHealthScripts); without `remediation` they only detect. */
export const remediations: readonly ScriptSeed[] = [
  {
    name: 'Restart Stopped Print Spooler',
    description: 'Starts the spooler when it has stopped.',
    content: `if ((Get-Service Spooler).Status -eq 'Running') { Write-Output 'Running'; exit 0 }
Write-Output 'Stopped'; exit 1
`,
    remediation: `Start-Service Spooler\n`,
    rows: [hourly(group('HR Devices'), 1), hourly(group('Finance – All Laptops'), 4), exclude('HR – Kiosks')],
  },
  {
    name: 'Clear Teams Cache',
    content: `$size = (Get-ChildItem "$env:LOCALAPPDATA\\Packages\\MSTeams_8wekyb3d8bbwe\\LocalCache" -Recurse -File | Measure-Object Length -Sum).Sum
if ($size -gt 5GB) { exit 1 } else { exit 0 }
`,
    remediation: `Stop-Process -Name ms-teams -Force -ErrorAction SilentlyContinue
Remove-Item "$env:LOCALAPPDATA\\Packages\\MSTeams_8wekyb3d8bbwe\\LocalCache\\*" -Recurse -Force
`,
    rows: [daily(allUsers, '12:30:00')],
    more: { runAsAccount: 'user' },
  },
  {
    name: 'Free Disk Space Below 10 GB',
    content: `if ((Get-PSDrive C).Free -lt 10GB) { exit 1 } else { exit 0 }\n`,
    remediation: `Start-Process cleanmgr.exe -ArgumentList '/sagerun:1' -Wait\n`,
    rows: [daily(filtered(allDevices, 0, 'include'), '03:00:00', 1, true), exclude('Build Servers')],
  },
  {
    name: 'Defender Signatures Older Than 3 Days',
    content: `if ((Get-MpComputerStatus).AntivirusSignatureAge -gt 3) { exit 1 } else { exit 0 }\n`,
    remediation: `Update-MpSignature\n`,
    rows: [
      hourly(filtered(group('All Windows 11 Devices'), 1, 'exclude'), 8),
      hourly(group('Windows 10 – End of Support'), 2),
      deletedGroup(1),
    ],
  },
  {
    name: 'Fix Broken WMI Repository',
    content: `winmgmt /verifyrepository | Out-Null; exit $LASTEXITCODE\n`,
    remediation: `winmgmt /salvagerepository\n`,
    rows: [once(group('IT Service Desk'), '2025-06-30', '22:00:00')],
  },
  {
    name: 'Migrate VPN Profile',
    description: 'Replaces the profile before the old gateway goes.',
    content: `if (Get-VpnConnection -Name 'Contoso VPN (old)' -ErrorAction SilentlyContinue) { exit 1 } else { exit 0 }\n`,
    remediation: `Remove-VpnConnection -Name 'Contoso VPN (old)' -Force\n`,
    rows: [once(group('Remote Workers – VPN'), '2029-01-15', '01:00:00'), exclude('VIP Exclusions')],
    more: { runAsAccount: 'user' },
  },
  {
    name: 'Report Local Administrators',
    description: 'Detection only.',
    content: `$members = (Get-LocalGroupMember Administrators).Name -join ', '
Write-Output $members
exit 0
`,
    rows: [daily(group('All Windows 11 Devices'), '09:00:00', 7)],
  },
  {
    name: 'Größe der Auslagerungsdatei prüfen',
    content: `exit 0\n`,
    rows: [daily(group('Größe & Straße – München'), '07:15:00')],
  },
  {
    name: 'Reset Stale Windows Update Policy',
    content: `if (Test-Path 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate') { exit 1 } else { exit 0 }\n`,
    remediation: `Remove-Item 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate' -Recurse -Force\n`,
  },
  {
    name: 'Restart stopped Office C2R svc',
    description: 'This script restarts the Office Click-to-Run service if it has stopped.',
    content: `# Detection of Microsoft\nexit 0\n`,
    remediation: `# Remediation of Microsoft\n`,
    more: { isGlobalScript: true, publisher: 'Microsoft', highestAvailableVersion: '2' },
  },
  {
    name: 'Update stale Group Policies',
    description: 'This script updates group policies when the last update is older than 7 days.',
    content: `# Detection of Microsoft\nexit 0\n`,
    remediation: `gpupdate /force\n`,
    rows: [daily(group('Ring 2 – Broad'), '10:00:00')],
    more: { isGlobalScript: true, publisher: 'Microsoft', highestAvailableVersion: '1' },
  },
];
