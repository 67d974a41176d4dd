import type { Route } from '../service/route.ts';
import { json } from '../wire/answer.ts';
import { select } from '../wire/select.ts';

/** Who is signed in, and where. */
export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: 'me',
    versions: ['v1.0', 'beta'],
    scopes: () => ['User.Read', 'User.Read.All', 'Directory.Read.All'],
    serve: ({ state }, call) => {
      const user = {
        ...state.user,
        mail: state.user.userPrincipalName,
        givenName: null,
        surname: null,
        jobTitle: 'Endpoint Administrator',
      };
      return json(200, { '@odata.context': `${call.origin}/${call.version}/$metadata#users/$entity`, ...select(user, call.query.select) });
    },
  },
  {
    method: 'GET',
    pattern: 'organization',
    versions: ['v1.0', 'beta'],
    scopes: () => ['User.Read', 'Organization.Read.All', 'Directory.Read.All'],
    serve: ({ state }, call) => {
      const domain = {
        name: 'contoso.example',
        capabilities: 'Email, OfficeCommunicationsOnline',
        isDefault: true,
        isInitial: true,
        type: 'Managed',
      };
      const organization = { id: state.tenantId, displayName: state.tenantName, tenantType: 'AAD', verifiedDomains: [domain] };
      return json(200, {
        '@odata.context': `${call.origin}/${call.version}/$metadata#organization`,
        value: [select(organization, call.query.select)],
      });
    },
  },
];
