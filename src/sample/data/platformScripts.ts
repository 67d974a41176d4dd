import { allDevices, allUsers, deletedGroup, exclude, group, type ScriptSeed } from './seed.ts';

/** Windows scripts (deviceManagementScripts). */
export const platformScripts: readonly ScriptSeed[] = [
  {
    name: 'Map Finance Network Drives',
    description: 'Maps F: and G: for the finance department.',
    content: `$drives = @{ F = '\\\\files.contoso.example\\finance'; G = '\\\\files.contoso.example\\reports' }
foreach ($letter in $drives.Keys) {
    if (-not (Get-PSDrive -Name $letter -ErrorAction SilentlyContinue)) {
        New-PSDrive -Name $letter -PSProvider FileSystem -Root $drives[$letter] -Persist -Scope Global | Out-Null
    }
}
`,
    rows: [group('Finance – All Laptops'), group('Finance – Users'), exclude('FIN Pilot')],
    more: { runAsAccount: 'user', fileName: 'Map-FinanceDrives.ps1' },
  },
  {
    name: 'Remove Built-in Consumer Apps',
    description: 'Removes apps that nobody at work needs.',
    content: `$apps = 'Microsoft.XboxApp', 'Microsoft.BingNews', 'Microsoft.MicrosoftSolitaireCollection'
foreach ($app in $apps) {
    Get-AppxPackage -Name $app -AllUsers | Remove-AppxPackage -AllUsers -ErrorAction SilentlyContinue
    Get-AppxProvisionedPackage -Online | Where-Object DisplayName -eq $app | Remove-AppxProvisionedPackage -Online
}
`,
    rows: [group('All Windows 11 Devices'), exclude('VIP Exclusions'), exclude('Break-Glass Exclusions')],
    more: { fileName: 'Remove-ConsumerApps.ps1' },
  },
  {
    name: 'Set Time Zone by Location',
    content: `Set-ItemProperty -Path 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\tzautoupdate' -Name Start -Value 3
Set-ItemProperty -Path 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\CapabilityAccessManager\\ConsentStore\\location' -Name Value -Value Allow
`,
    rows: [allDevices],
    more: { fileName: 'Set-TimeZone.ps1' },
  },
  {
    name: 'Install Corporate Root Certificate',
    description: 'Trusts the certificate of the inspection proxy.',
    content: `$url = 'https://pki.contoso.example/root.cer'
$file = Join-Path $env:TEMP 'contoso-root.cer'
Invoke-WebRequest -Uri $url -OutFile $file
Import-Certificate -FilePath $file -CertStoreLocation Cert:\\LocalMachine\\Root
`,
    rows: [group('All Windows 11 Devices'), group('Windows 10 – End of Support'), deletedGroup(0)],
    more: { fileName: 'Install-RootCertificate.ps1', enforceSignatureCheck: true },
  },
  {
    name: 'Enable BitLocker on Data Volumes',
    content: `Get-BitLockerVolume | Where-Object { $_.VolumeType -eq 'Data' -and $_.ProtectionStatus -eq 'Off' } | ForEach-Object {
    Enable-BitLocker -MountPoint $_.MountPoint -RecoveryPasswordProtector -UsedSpaceOnly
}
`,
    rows: [group('Legal – Laptops'), group('**Executives**'), group('أجهزة المالية')],
    more: { fileName: 'Enable-BitLockerData.ps1' },
  },
  {
    name: 'Configure Developer Workstation',
    description: 'Long paths, WSL and developer mode.',
    content: `Set-ItemProperty 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\FileSystem' -Name LongPathsEnabled -Value 1
Enable-WindowsOptionalFeature -Online -FeatureName Microsoft-Windows-Subsystem-Linux -NoRestart
`,
    rows: [group('Developer Workstations'), group('Build Servers')],
    more: { fileName: 'Configure-DevWorkstation.ps1' },
  },
  {
    name: 'Printer: O\'Brien\'s Floor & "Lobby"',
    content: `Add-Printer -ConnectionName '\\\\print.contoso.example\\lobby-color'\n`,
    rows: [group("O'Brien's Team"), group('Sales "Field" & Partners')],
    more: { runAsAccount: 'user', fileName: 'Add-Printers.ps1', runAs32Bit: true },
  },
  {
    name: '日本語キーボードの設定',
    description: '営業部のノートPC',
    content: `Set-WinUserLanguageList -LanguageList ja-JP, en-US -Force\n`,
    rows: [group('営業部 ノートPC')],
    more: { runAsAccount: 'user', fileName: 'Set-JapaneseKeyboard.ps1' },
  },
  {
    name: 'Kiosk Auto Logon',
    content: `$key = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon'
Set-ItemProperty $key -Name AutoAdminLogon -Value 1
Set-ItemProperty $key -Name DefaultUserName -Value 'kioskUser0'
`,
    rows: [group('HR – Kiosks'), group('Kiosk Devices')],
    more: { fileName: 'Set-KioskLogon.ps1' },
  },
  {
    name: 'Kiosk Auto Logon',
    description: 'The older one, for the cafeteria.',
    content: `Write-Output 'Superseded'\n`,
    more: { fileName: 'Set-KioskLogon-old.ps1' },
  },
  {
    name: 'Cleanup <Temp> Files | *weekly* [draft](https://contoso.example)',
    content: `Get-ChildItem $env:SystemRoot\\Temp -Recurse -Force | Where-Object LastWriteTime -lt (Get-Date).AddDays(-7) | Remove-Item -Recurse -Force -ErrorAction SilentlyContinue\n`,
    more: { fileName: 'Cleanup-Temp.ps1' },
  },
  {
    name: 'Outlook Signature',
    content: `$name = (Get-ItemProperty 'HKCU:\\Software\\Contoso').FullName
Set-Content "$env:APPDATA\\Microsoft\\Signatures\\Contoso.htm" "<p>$name<br>Contoso</p>"
`,
    rows: [allUsers, exclude('Interns 2026')],
    more: { runAsAccount: 'user', fileName: 'Set-OutlookSignature.ps1' },
  },
  {
    name: ' Rename Device (Autopilot) ',
    content: `$serial = (Get-CimInstance Win32_BIOS).SerialNumber
Rename-Computer -NewName ('CON-' + $serial.Substring(0, [Math]::Min(11, $serial.Length))) -Force
`,
    rows: [group('Autopilot Devices'), exclude('Cloud PCs'), exclude('Meeting Room PCs')],
    more: { fileName: 'Rename-Device.ps1' },
  },
];
