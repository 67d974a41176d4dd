import { exclude, group, inPolicySet, type ScriptSeed, unknownTarget } from './seed.ts';

/** Discovery scripts of custom compliance (deviceComplianceScripts): bound to compliance policies, not assigned. */
export const complianceScripts: readonly ScriptSeed[] = [
  {
    name: 'Compliance: BIOS Version',
    content: `@{ BiosVersion = (Get-CimInstance Win32_BIOS).SMBIOSBIOSVersion } | ConvertTo-Json -Compress\n`,
    more: { platform: 'windows10' },
  },
  {
    name: 'Compliance: Required Agents',
    content: `@{ AgentRunning = [bool](Get-Service ContosoAgent -ErrorAction SilentlyContinue) } | ConvertTo-Json -Compress\n`,
    more: { platform: 'windows10' },
  },
  {
    name: 'Compliance: Linux Disk Encryption',
    content: `#!/bin/sh\necho "{\\"Encrypted\\": $(lsblk -o TYPE | grep -q crypt && echo true || echo false)}"\n`,
    more: { platform: 'linux' },
  },
];

/** Linux scripts (configurationPolicies of the template for scripts). */
export const linuxScripts: readonly ScriptSeed[] = [
  {
    name: 'Linux – Install Security Updates',
    description: 'Unattended upgrades.',
    content: `#!/bin/bash\nset -e\napt-get update -q\nunattended-upgrade\n`,
    rows: [group('Linux Workstations'), inPolicySet(group('Developers'))],
  },
  {
    name: 'Linux – Configure Proxy',
    content: `#!/bin/bash\necho 'Acquire::http::Proxy "http://proxy.contoso.example:8080";' > /etc/apt/apt.conf.d/80proxy\n`,
    rows: [group('Linux Workstations'), exclude('Build Servers'), unknownTarget],
  },
  {
    name: 'Linux – Collect Logs ("debug")',
    content: `#!/bin/bash\ntar czf /var/tmp/logs.tgz /var/log\n`,
  },
];
