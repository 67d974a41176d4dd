/** A page of Microsoft Entra that only says that one may go back. Also what VS Code sends on Linux with a broker. */
export const consentLandingPage = 'https://login.microsoftonline.com/common/oauth2/nativeclient';

/**
 * Every redirect URI that VS Code may send for an app registration of one's own; the extension cannot choose one.
 * All belong to the platform "Mobile and desktop applications". Under "Web", Microsoft Entra wants a secret (AADSTS7000218).
 * Source: extensions/microsoft-authentication/src/node/flows.ts of microsoft/vscode, and its issues 226345, 260158 and 271352.
 *
 * @param clientId the client id, or what stands for it in a script
 */
export const redirectUris = (clientId: string): readonly string[] => [
  // Desktop, in the browser: Microsoft Entra ignores the port of http://localhost for public clients.
  'http://localhost',
  // Desktop, through the broker of Windows, macOS (stable and insiders) and Linux.
  `ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`,
  'msauth.com.microsoft.VSCode://auth',
  'msauth.com.microsoft.VSCodeInsiders://auth',
  consentLandingPage,
  // Where VS Code takes the answer through its own links: remote windows, and when the loopback fails.
  'https://vscode.dev/redirect',
  'https://insiders.vscode.dev/redirect',
];
