/**
 * Functions of PowerShell that write the assignments of a script if they are as expected. `graph` is the origin of Microsoft Graph.
 *
 * Rows are compared as this extension compares them: in any order, GUIDs without case, no filter as null, nothing, none or zeros, times
 * with or without decimals. Both sides go through the same reading of JSON, so that its ways with dates and numbers do not matter.
 */
export const writeFunctions = (graph: string): string => `# One spelling for all the ways in which Intune answers the same assignment.
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
