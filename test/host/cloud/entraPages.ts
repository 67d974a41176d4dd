// The pages on which Microsoft Entra shows what it refuses. It sends the browser back from few of them.
import type { EntraError } from './entraErrors.ts';

const page = (title: string, ...paragraphs: readonly string[]): Response =>
  new Response(`<!doctype html><title>${title}</title><h1>${title}</h1>${paragraphs.map(text => `<p>${text}</p>`).join('')}`, {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const ids = 'Request Id: 5f1f7a5a-0000-4d3c-8c1a-123456789abc<br>Timestamp: 2026-11-01T12:34:56Z';

/**
 * The page for an error that is met while signing in; undefined for one that goes back to the app. `back` is where the app waits.
 */
export function entraPage({ code, description }: EntraError, back: string): Response | undefined {
  switch (code) {
    case 50011:
    case 65002:
      return page('Sign in', 'Sorry, but we’re having trouble signing you in.', escaped(description), ids);
    case 53003:
      return page(
        'You cannot access this right now',
        'Your sign-in was successful but does not meet the criteria.',
        `Error Code: ${code}`,
        ids,
      );
    case 90094:
      return page(
        'Need admin approval',
        'Test needs permission to access resources in your organization that only an admin can grant.',
        `<a href="${escaped(back)}">Return to the application without granting consent</a>`,
      );
    default:
      return undefined;
  }
}
