import { allDevices, allUsers, exclude, group, type ScriptSeed } from './seed.ts';

/** macOS shell scripts (deviceShellScripts). */
export const shellScripts: readonly ScriptSeed[] = [
  {
    name: 'Install Homebrew',
    content: `#!/bin/bash\nif ! command -v brew >/dev/null; then\n  NONINTERACTIVE=1 /bin/bash -c "$(curl -fsSL https://brew.contoso.example/install.sh)"\nfi\n`,
    rows: [group('Developers'), group('All Corporate Macs'), exclude('**Executives**')],
    more: { fileName: 'install-homebrew.sh', executionFrequency: 'PT0S', retryCount: 3 },
  },
  {
    name: 'Set Desktop Wallpaper',
    content: `#!/bin/bash\nosascript -e 'tell application "System Events" to set picture of every desktop to "/Library/Contoso/wallpaper.jpg"'\n`,
    rows: [allUsers],
    more: { fileName: 'wallpaper.sh', runAsAccount: 'user', executionFrequency: 'P1D', retryCount: 0 },
  },
  {
    name: 'Rotate Local Admin Password',
    description: 'Runs every week.',
    content: `#!/bin/zsh\nset -euo pipefail\n/usr/local/contoso/rotate-admin --escrow\n`,
    rows: [allDevices, exclude('Break-Glass Exclusions')],
    more: { fileName: 'rotate-admin.sh', executionFrequency: 'P7D', retryCount: 3 },
  },
  {
    name: 'Dock Layout – Marketing <Design>',
    content: `#!/bin/bash\n/usr/local/bin/dockutil --add /Applications/Figma.app --no-restart\nkillall Dock\n`,
    rows: [group('Marketing <Design> Macs')],
    more: { fileName: 'dock-design.sh', runAsAccount: 'user', executionFrequency: 'PT0S', retryCount: 1 },
  },
  {
    name: 'Enable Firewall Logging',
    content: `#!/bin/bash\n/usr/libexec/ApplicationFirewall/socketfilterfw --setglobalstate on\n`,
    rows: [group('All Corporate Macs')],
    more: { fileName: 'firewall.sh', executionFrequency: 'PT1H', retryCount: 3, blockExecutionNotifications: true },
  },
  {
    name: 'Remove Old VPN Client 🧹',
    content: `#!/bin/bash\nrm -rf "/Applications/OldVPN.app"\n`,
    more: { fileName: 'remove-vpn.sh', executionFrequency: 'PT0S', retryCount: 3 },
  },
  {
    name: 'Configure Office Defaults',
    content: `#!/bin/bash\ndefaults write com.microsoft.office DefaultsToLocalOpenSave -bool true\n`,
    rows: [group('HR – All Employees'), group('Finance – Users')],
    more: { fileName: 'office-defaults.sh', runAsAccount: 'user', executionFrequency: 'P1D', retryCount: 2 },
  },
];

/** macOS custom attributes (deviceCustomAttributeShellScripts). */
export const customAttributes: readonly ScriptSeed[] = [
  {
    name: 'Battery Cycle Count',
    content: `#!/bin/bash\nioreg -r -c AppleSmartBattery | awk '/"CycleCount" =/ {print $3}'\n`,
    rows: [group('All Corporate Macs')],
    more: { fileName: 'battery.sh', customAttributeName: 'Battery Cycle Count', customAttributeType: 'integer' },
  },
  {
    name: 'FileVault Status',
    content: `#!/bin/bash\nfdesetup status | head -1\n`,
    rows: [allDevices],
    more: { fileName: 'filevault.sh', customAttributeName: 'FileVault Status', customAttributeType: 'string' },
  },
  {
    name: 'Last Time Machine Backup',
    content: `#!/bin/bash\ntmutil latestbackup | xargs basename\n`,
    more: { fileName: 'timemachine.sh', customAttributeName: 'Last Time Machine Backup', customAttributeType: 'dateTime' },
  },
];
