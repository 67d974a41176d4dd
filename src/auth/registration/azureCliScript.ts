import type { CloudId } from '../../graph/clouds.ts';
import { graphAppId, type RegistrationPlan } from './registrationPlan.ts';

/** The clouds' names in the Azure CLI (`az cloud list`). It has none for the DoD, whose registrations are kept by the same authority. */
const cloudNames: Readonly<Record<CloudId, string>> = {
  global: 'AzureCloud',
  usGov: 'AzureUSGovernment',
  usGovDoD: 'AzureUSGovernment',
  china: 'AzureChinaCloud',
};

const hints: Readonly<Record<CloudId, string>> = {
  global: '',
  usGov: '',
  usGovDoD: '#   The Azure CLI talks to graph.microsoft.us. If your tenant refuses that, use the PowerShell script.\n',
  china: '',
};

// In double quotes, so that the client id is filled in. The values are of this extension's own tables and hold nothing else that bash reads.
const lines = (values: readonly string[]): string => values.map(value => `  "${value}"`).join('\n');

/**
 * The registration script for the Azure CLI, in bash. Holds for bash 3.2, which macOS has, and for Git Bash and Cloud Shell.
 * Everything that may be missing is looked up before the first change.
 */
export const azureCliScript = (plan: RegistrationPlan): string => `#!/usr/bin/env bash
# Creates the app registration that Intune Scripts signs in with, in your own tenant.
#
# Needs: the Azure CLI 2.37 or later, and a role that may register applications (such as Application Developer).
#   az cloud set --name ${cloudNames[plan.cloud]}
#   az login --allow-no-subscriptions --tenant <tenant ID or domain>
${hints[plan.cloud]}# Then save this as register.sh, and run: bash register.sh
#
# It can be run again: it finds the registration by its name, adds what is missing and removes nothing.
# It grants nothing. An administrator does that with the link that it prints.
set -euo pipefail
export MSYS_NO_PATHCONV=1 # Git Bash takes some URLs for paths

name='${plan.name}'
cloud='${cloudNames[plan.cloud]}'
graph='${graphAppId}'
permissions=(
${lines(plan.permissions)}
)

fail() {
  printf '%s\\n' "$*" >&2
  exit 1
}

# A new registration is not seen everywhere at once.
retry() {
  for _ in 1 2 3 4 5; do
    if "$@" 2>/dev/null; then return 0; fi
    sleep 5
  done
  "$@"
}

# The Azure CLI ends its lines with a carriage return on Windows.
ask() {
  az "$@" --only-show-errors --output tsv | tr -d '\\r'
}

command -v az >/dev/null || fail 'The Azure CLI is not installed: https://aka.ms/azure-cli'
[ "$(ask cloud show --query name)" = "$cloud" ] || fail "Choose the cloud first: az cloud set --name $cloud"
tenant_id=$(ask account show --query tenantId) || fail 'Sign in first: az login --allow-no-subscriptions --tenant <tenant ID or domain>'

permission_ids=()
for permission in "\${permissions[@]}"; do
  id=$(ask ad sp show --id "$graph" --query "oauth2PermissionScopes[?value=='$permission'].id")
  [ -n "$id" ] || fail "Microsoft Graph does not offer the permission $permission in this cloud. Nothing was changed."
  permission_ids+=("$id")
done

found=$(ask ad app list --filter "displayName eq '$name'" --query '[].appId')
case "$found" in
  '')
    client_id=$(ask ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --is-fallback-public-client true --query appId)
    echo "Created the registration \\"$name\\"."
    ;;
  *$'\\n'*)
    fail "There are several registrations with the name \\"$name\\". Rename or delete all but one, then run this again. Nothing was changed."
    ;;
  *)
    client_id=$found
    echo "Found the registration \\"$name\\". What it lacks is added."
    ;;
esac

# Platform "Mobile and desktop applications", with public client flows allowed: Visual Studio Code keeps no secret.
wanted_uris=(
${lines(plan.redirectUris('$client_id'))}
)
present_uris=$(retry ask ad app show --id "$client_id" --query 'publicClient.redirectUris[]')
redirect_uris=()
while IFS= read -r uri; do
  if [ -n "$uri" ]; then redirect_uris+=("$uri"); fi
done < <(printf '%s\\n' "$present_uris" "\${wanted_uris[@]}" | sort -u)
retry az ad app update --id "$client_id" --is-fallback-public-client true --public-client-redirect-uris "\${redirect_uris[@]}" --only-show-errors

present_permissions=$(retry ask ad app permission list --id "$client_id" --query "[?resourceAppId=='$graph'].resourceAccess[].id")
for id in "\${permission_ids[@]}"; do
  case "$present_permissions" in
    *"$id"*) ;;
    *) retry az ad app permission add --id "$client_id" --api "$graph" --api-permissions "$id=Scope" --only-show-errors ;;
  esac
done

if ! az ad sp show --id "$client_id" --only-show-errors --output none 2>/dev/null; then
  retry az ad sp create --id "$client_id" --only-show-errors --output none
fi

cat <<END

Client ID:  $client_id
Tenant ID:  $tenant_id

Enter both in Visual Studio Code: Intune Scripts: Set Up Sign-In.
Then an administrator opens this page to consent for the tenant:
${plan.consentLink({ clientId: '$client_id', tenantId: '$tenant_id' })}
END
`;
