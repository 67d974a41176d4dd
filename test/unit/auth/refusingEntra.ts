import type { ClientSecretCredentialOptions } from '@azure/identity';
import { clouds } from '../../../src/graph/clouds.ts';
import { registration } from './fakes.ts';

type HttpClient = NonNullable<ClientSecretCredentialOptions['httpClient']>;

/** Microsoft Entra as @azure/identity asks for it, without the network. Its token endpoint refuses everything; `forms` are what that was sent. */
export function refusingEntra(refusal: Readonly<Record<string, unknown>>): { readonly httpClient: HttpClient; readonly forms: string[] } {
  const of = (path: string): string => `${clouds.global.authority}/${registration.tenantId}/${path}`;
  const metadata = {
    issuer: of('v2.0'),
    authorization_endpoint: of('oauth2/v2.0/authorize'),
    token_endpoint: of('oauth2/v2.0/token'),
    jwks_uri: of('discovery/v2.0/keys'),
  };
  const forms: string[] = [];
  const sendRequest: HttpClient['sendRequest'] = async request => {
    const isToken = new URL(request.url).pathname.endsWith('/token');
    if (isToken) forms.push(String(request.body));
    return {
      request,
      status: isToken ? 400 : 200,
      headers: request.headers,
      bodyAsText: JSON.stringify(isToken ? refusal : metadata),
    };
  };
  return { httpClient: { sendRequest }, forms };
}
