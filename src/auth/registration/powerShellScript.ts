import type { CloudId } from '../../graph/clouds.ts';
import { graphAppId, type RegistrationPlan } from './registrationPlan.ts';

/** The clouds' names in Microsoft Graph PowerShell (`Get-MgEnvironment`). */
export const powerShellEnvironments: Readonly<Record<CloudId, string>> = {
  global: 'Global',
  usGov: 'USGov',
  usGovDoD: 'USGovDoD',
  china: 'China',
};

// In double quotes, so that the client id is filled in. The values are of this extension's own tables and hold nothing else that PowerShell reads.
const lines = (values: readonly string[]): string => values.map(value => `    "${value}"`).join('\n');

/**
 * The registration script for Microsoft Graph PowerShell. Holds for Windows PowerShell 5.1 and PowerShell 7.
 * Everything that may be missing is looked up before the first change.
 */
export const powerShellScript = (
  plan: RegistrationPlan,
): string => `#Requires -Modules Microsoft.Graph.Authentication, Microsoft.Graph.Applications
# Creates the app registration that Intune Scripts signs in with, in your own tenant.
#
# Needs: Install-Module Microsoft.Graph.Applications -Scope CurrentUser
# and a role that may register applications (such as Application Developer).
# Then save this as register.ps1, and run: ./register.ps1
#
# It can be run again: it finds the registration by its name, adds what is missing and removes nothing.
# It grants nothing. An administrator does that with the link that it prints.
$ErrorActionPreference = 'Stop'

$name = '${plan.name}'
$graphAppId = '${graphAppId}'
$permissions = @(
${lines(plan.permissions)}
)

# A new registration is not seen everywhere at once.
function Invoke-WithRetry([scriptblock] $Action) {
    for ($attempt = 1; $attempt -le 5; $attempt++) {
        try { return & $Action } catch { Start-Sleep -Seconds 5 }
    }
    & $Action
}

Connect-MgGraph -Environment ${powerShellEnvironments[plan.cloud]} -Scopes 'Application.ReadWrite.All' -NoWelcome
$tenantId = (Get-MgContext).TenantId

$graph = Get-MgServicePrincipal -Filter "appId eq '$graphAppId'"
$permissionIds = @(foreach ($permission in $permissions) {
    $scope = $graph.Oauth2PermissionScopes | Where-Object { $_.Value -eq $permission }
    if (-not $scope) { throw "Microsoft Graph does not offer the permission $permission in this cloud. Nothing was changed." }
    $scope.Id
})

$found = @(Get-MgApplication -Filter "displayName eq '$name'")
if ($found.Count -gt 1) {
    throw "There are several registrations with the name ""$name"". Rename or delete all but one, then run this again. Nothing was changed."
}
if ($found.Count -eq 1) {
    $app = $found[0]
    Write-Host "Found the registration ""$name"". What it lacks is added."
} else {
    $app = New-MgApplication -DisplayName $name -SignInAudience 'AzureADMyOrg' -IsFallbackPublicClient
    Write-Host "Created the registration ""$name""."
}
$clientId = $app.AppId

# Platform "Mobile and desktop applications", with public client flows allowed: Visual Studio Code keeps no secret.
$redirectUris = @(
${lines(plan.redirectUris('$clientId'))}
)
$redirectUris = @(@($app.PublicClient.RedirectUris) + $redirectUris | Where-Object { $_ } | Sort-Object -Unique)

# Permissions of other resources, and those that the registration has already, are kept.
$otherAccess = @($app.RequiredResourceAccess | Where-Object { $_ -and $_.ResourceAppId -ne $graphAppId } | ForEach-Object {
    @{ ResourceAppId = $_.ResourceAppId; ResourceAccess = @($_.ResourceAccess | ForEach-Object { @{ Id = $_.Id; Type = $_.Type } }) }
})
$graphAccess = @($app.RequiredResourceAccess | Where-Object { $_ -and $_.ResourceAppId -eq $graphAppId } | ForEach-Object { $_.ResourceAccess } |
    ForEach-Object { @{ Id = $_.Id; Type = $_.Type } })
$presentIds = @($graphAccess | ForEach-Object { $_.Id })
$graphAccess += @($permissionIds | Where-Object { $presentIds -notcontains $_ } | ForEach-Object { @{ Id = $_; Type = 'Scope' } })

Invoke-WithRetry {
    Update-MgApplication -ApplicationId $app.Id -BodyParameter @{
        IsFallbackPublicClient = $true
        PublicClient           = @{ RedirectUris = $redirectUris }
        RequiredResourceAccess = @($otherAccess) + @(@{ ResourceAppId = $graphAppId; ResourceAccess = @($graphAccess) })
    }
} | Out-Null

if (-not (Get-MgServicePrincipal -Filter "appId eq '$clientId'")) {
    Invoke-WithRetry { New-MgServicePrincipal -AppId $clientId } | Out-Null
}

Write-Host @"

Client ID:  $clientId
Tenant ID:  $tenantId

Enter both in Visual Studio Code: Intune Scripts: Set Up Sign-In.
Then an administrator opens this page to consent for the tenant:
${plan.consentLink({ clientId: '$clientId', tenantId: '$tenantId' })}
"@
`;
