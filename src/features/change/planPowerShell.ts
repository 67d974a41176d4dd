import { l10n } from 'vscode';
import { powerShellEnvironments } from '../../auth/registration/powerShellScript.ts';
import { withoutAnnotations } from '../../base/canonicalJson.ts';
import { familyOf, tierScopes } from '../../intune/model/families.ts';
import { scriptPath } from '../../intune/model/script.ts';
import { assignBody, type Plan } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { scriptLabel } from '../../ui/format/names.ts';
import { plainText } from '../../ui/plainText.ts';
import { comments, headLines, planJson, scriptLines } from './planLines.ts';

/**
 * Text as a string of PowerShell in single quotes, in which nothing but the quote means anything. PowerShell takes four more characters
 * for that quote, and Windows PowerShell may read a file in an encoding that makes them of others: beyond ASCII, a `?` stands for each.
 */
export const quoted = (text: string): string =>
  `'${plainText(text)
    .replace(/[^\x20-\x7E]/gu, '?')
    .replaceAll("'", "''")}'`;

/** JSON as a here-string: of its lines, none starts with a quote. */
const hereString = (value: unknown): string => `@'\n${planJson(value)}\n'@`;

const scopesOf = (plans: readonly Plan[]): string =>
  [...new Set(plans.flatMap(({ script }) => tierScopes[familyOf(script.family).writeTier].slice(0, 1)))].map(quoted).join(', ');

const connecting = ({ connection: { cloud, tenantId }, plans }: Proposal): readonly string[] => [
  `Connect-MgGraph -Environment ${powerShellEnvironments[cloud.id]} -TenantId ${quoted(tenantId)} -Scopes ${scopesOf(plans)} -NoWelcome`,
  `if ((Get-MgContext).TenantId -ne ${quoted(tenantId)}) { throw ${quoted(l10n.t('This is another tenant. Nothing was written.'))} }`,
];

const writing = (plan: Plan, { connection, groups }: Proposal, now: number): readonly string[] => [
  '',
  ...comments(scriptLines(plan, groups, now)),
  `Set-Assignments -Name ${quoted(scriptLabel(plan.script))} -Uri ${quoted(`${connection.cloud.graph}${scriptPath(plan.script)}`)} \``,
  `    -Expected ${hereString({ value: plan.base.map(({ wire }) => withoutAnnotations(wire)) })} \``,
  `    -Body ${hereString(assignBody(plan))}`,
];

/**
 * A plan as a script for Microsoft Graph PowerShell. Holds for Windows PowerShell 5.1 and PowerShell 7. Each script is read first, and all
 * stops where its assignments are not the ones that the plan was made from. It has no token: it signs in by itself.
 * `now` is in milliseconds since the epoch.
 */
export const powerShell = (proposal: Proposal, now: number): string =>
  `${[
    '#Requires -Modules Microsoft.Graph.Authentication',
    ...comments(headLines(proposal)),
    "$ErrorActionPreference = 'Stop'",
    '',
    writeFunctions(proposal.connection.cloud.graph),
    ...connecting(proposal),
    ...proposal.plans.flatMap(plan => writing(plan, proposal, now)),
  ].join('\n')}\n`;

/**
 * Functions of PowerShell that write the assignments of a script if they are as expected. `graph` is the origin of Microsoft Graph.
 *
 * Rows are compared as this extension compares them: in any order, GUIDs without case, no filter as null, nothing, none or zeros, times
 * with or without decimals. Both sides go through the same reading of JSON, so that its ways with dates and numbers do not matter.
 */
const writeFunctions = (graph: string): string => `# One spelling for all the ways in which Intune answers the same assignment.
function Get-Spelling($Value) {
    if ($Value -is [System.Management.Automation.PSCustomObject]) {
        $parts = foreach ($property in @($Value.PSObject.Properties | Sort-Object -Property Name)) {
            $spelling = Get-Spelling $property.Value
            $isAnnotation = $property.Name -like '*@*' -and $property.Name -ne '@odata.type'
            $isNothing = $spelling -in @('', 'none', '00000000-0000-0000-0000-000000000000')
            if (-not $isAnnotation -and -not $isNothing) { "$($property.Name)=$spelling" }
        }
        return '{' + (@($parts) -join ';') + '}'
    }
    if ($Value -is [System.Collections.IList]) {
        return '[' + (@(foreach ($item in $Value) { Get-Spelling $item }) -join ',') + ']'
    }
    return ("$Value".ToLowerInvariant() -replace '^(\\d\\d:\\d\\d:\\d\\d)\\.\\d+$', '$1')
}

function Get-Rows($Rows) {
    return (@(foreach ($row in $Rows) {
        # A row without a source is one of the script itself.
        $source = if ($row.source) { $row.source } else { 'direct' }
        "$source " + (Get-Spelling ($row | Select-Object -Property * -ExcludeProperty id, '@odata.type', source, sourceId))
    }) | Sort-Object -Unique) -join '|'
}

function Read-Assignments([string] $Uri) {
    $next = "$Uri/assignments"
    while ($next) {
        if (-not $next.StartsWith('${graph}/')) { throw "$next is not an address of Microsoft Graph. Nothing was written." }
        $page = Invoke-MgGraphRequest -Method GET -Uri $next -OutputType Json | ConvertFrom-Json
        if ($page.PSObject.Properties.Name -notcontains 'value') { throw "The assignments of $Uri could not be read. Nothing was written." }
        foreach ($row in $page.value) { $row }
        $next = $page.'@odata.nextLink'
    }
}

# Replaces the whole set of assignments of a script, if it is still the expected one.
function Set-Assignments([string] $Name, [string] $Uri, [string] $Expected, [string] $Body) {
    $found = @(Read-Assignments $Uri)
    if ((Get-Rows $found) -cne (Get-Rows (ConvertFrom-Json $Expected).value)) {
        throw "The assignments of $Name ($Uri) were changed since the plan was made. Nothing was written to it. Make the plan again."
    }
    Invoke-MgGraphRequest -Method POST -Uri "$Uri/assign" -ContentType 'application/json' -Body $Body | Out-Null
    Write-Host "Written: $Name"
}
`;
