import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refusalOf } from '../../src/auth/signInError.ts';
import { csv } from '../../src/features/export/exportText.ts';
import { answerError, readClaims } from '../../src/graph/answer.ts';
import { causesOf, withoutUserInfo } from '../../src/graph/failure.ts';
import { pathOf } from '../../src/graph/request.ts';
import { readRetryAfter } from '../../src/graph/retry.ts';
import { redact } from '../../src/host/redact.ts';
import { markdownText, visibleName, withoutIcons, withoutLinks } from '../../src/ui/plainText.ts';

const request = { method: 'GET', path: '/' };
const refused = (status: number, message: string) =>
  answerError({ status, headers: new Headers(), body: { error: { message } }, request, clientRequestId: '', now: 0 });

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'the reason of an error': text => refused(403, text),
  'a page in place of an answer': text =>
    answerError({ ...refused(502, ''), status: 502, headers: new Headers(), body: text, clientRequestId: '', now: 0 }),
  'WWW-Authenticate': readClaims,
  'Retry-After': text => readRetryAfter(text, 0),
  'why a connection failed': text => causesOf(new Error(text)),
  'why a sign-in failed': text => refusalOf(new Error(text)),
  'addresses in a text': withoutUserInfo,
  'the path of an address': text => pathOf({ path: text, scopes: [] }),
  'a line for the log': redact,
  'a name': visibleName,
  'a label': withoutIcons,
  'a notification': withoutLinks,
  'a cell of Markdown': markdownText,
  'a cell of CSV': text => csv([[text]]),
};

/** What patterns look for, or nearly: said again and again, a careless one looks at everything from each place anew. */
const parts = [
  ...[
    'a',
    '1',
    ' ',
    '\t',
    '\n',
    '"',
    "'",
    '\\',
    '\\"',
    'a ',
    '@',
    'a@',
    'a.',
    '@a.',
    '%40',
    'a%',
    '://',
    'a://',
    'a:',
    'a:/',
    '/',
    '/Users/',
  ],
  ...[
    'eyJ',
    'eyJa.',
    'token',
    'token=',
    'token"',
    'secret\\',
    'password="',
    'authorization: ',
    'Bearer ',
    'code=',
    'scriptContent":"',
    '{"message":"',
  ],
  ...[
    '](',
    '$(',
    'one of the following scopes: ',
    'a.b ',
    ' -',
    ' - ',
    '- Activity ID:',
    'claims="',
    'claims="\\',
    ',claims',
    'x-msft-approval-code:',
  ],
  ...['No method ', '<html', '\u200D', '\u{1F469}\u200D', '\uD800', '\u200B', '-', '+', 'DOMAIN\\', '=', '&', 'AADSTS', 'cancel'],
];

describe('a text of 200,000 characters is soon read, whatever it says again and again:', () => {
  for (const [name, read] of Object.entries(readers)) {
    // A minute, where the slowest takes a second: what takes the square of the length would take hours.
    test(name, { timeout: 60_000 }, () => {
      for (const part of parts) {
        for (const start of ['', 'a://', 'claims="', '{"']) assert.doesNotThrow(() => read(start + part.repeat(200_000 / part.length)));
      }
    });
  }
});
