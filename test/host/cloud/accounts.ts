/** Somebody who can sign in at the stand-in for Microsoft Entra. */
export interface Account {
  readonly name: string;
  readonly userPrincipalName: string;
  readonly objectId: string;
  readonly tenantId: string;
}

/** The tenant that tests sign in to. */
export const testTenantId = '11111111-2222-3333-4444-555555555555';

/** The app registration that tests sign in with. */
export const testClientId = '66666666-7777-4888-9999-aaaaaaaaaaaa';

/** The administrator that signs in where a test does not say who. */
export const ada: Account = {
  name: 'Ada Admin',
  userPrincipalName: 'ada@contoso.test',
  objectId: '99999999-2222-3333-4444-555555555555',
  tenantId: testTenantId,
};

/** Another administrator of the same tenant. */
export const ben: Account = {
  name: 'Ben Admin',
  userPrincipalName: 'ben@contoso.test',
  objectId: '88888888-2222-3333-4444-555555555555',
  tenantId: testTenantId,
};

/** A tenant that the administrators are guests of. */
export const guestTenantId = '22222222-2222-3333-4444-555555555555';
