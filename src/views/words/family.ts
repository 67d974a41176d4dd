import { l10n } from 'vscode';
import type { FamilyId } from '../../intune/model/families.ts';

/** What a family is called in the Intune admin center. */
export function familyName(family: FamilyId): string {
  switch (family) {
    case 'deviceManagementScripts':
      return l10n.t('Platform scripts (Windows)');
    case 'deviceHealthScripts':
      return l10n.t('Remediations');
    case 'deviceShellScripts':
      return l10n.t('Shell scripts (macOS)');
    case 'deviceCustomAttributeShellScripts':
      return l10n.t('Custom attributes (macOS)');
    case 'configurationPolicies':
      return l10n.t('Bash scripts (Linux)');
    case 'deviceComplianceScripts':
      return l10n.t('Custom compliance scripts');
  }
}

/** What one script of a family is called. */
export function scriptKindName(family: FamilyId): string {
  switch (family) {
    case 'deviceManagementScripts':
      return l10n.t('Platform script');
    case 'deviceHealthScripts':
      return l10n.t('Remediation');
    case 'deviceShellScripts':
      return l10n.t('Shell script');
    case 'deviceCustomAttributeShellScripts':
      return l10n.t('Custom attribute');
    case 'configurationPolicies':
      return l10n.t('Bash script');
    case 'deviceComplianceScripts':
      return l10n.t('Custom compliance script');
  }
}

/** What the scripts of a family do. */
export function familyDescription(family: FamilyId): string {
  switch (family) {
    case 'deviceManagementScripts':
      return l10n.t('PowerShell scripts that Windows devices run once.');
    case 'deviceHealthScripts':
      return l10n.t('Pairs of PowerShell scripts that detect and fix problems on Windows devices, on a schedule.');
    case 'deviceShellScripts':
      return l10n.t('Shell scripts that Macs run once or repeatedly.');
    case 'deviceCustomAttributeShellScripts':
      return l10n.t('Shell scripts whose output becomes a custom attribute of a Mac.');
    case 'configurationPolicies':
      return l10n.t('Bash scripts for Linux devices. Intune keeps them in the settings catalog.');
    case 'deviceComplianceScripts':
      return l10n.t('Scripts that compliance policies use. They are assigned through their policy.');
  }
}
