import fc from 'fast-check';

/** Texts that have hurt readers of outside data: names of JavaScript, signs of formats, and what a careless pattern never gets through. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'undefined', 'null', 'NaN', '-0', '1e400', '9'.repeat(40)],
    ...['[x](command:workbench.action.quit)', '<img src=x onerror=alert(1)>', '$(trash)', '=HYPERLINK("https://evil.example")', '{{x}}'],
    ...['\u001B[31mred\u001B[0m', '\u202Egpj.exe', 'a\u0000b', '\uD800', '\r\nX-Injected: 1', '\u2028', '\u200B', ' ', '"', '\\', "'"],
    ...[
      '{"message":"{\\"message\\":\\"',
      '{"Message":{}}',
      '[[[[',
      '2026-13-45T99:99:99Z',
      '-271821-04-20',
      'Wed, 21 Oct 99999 07:28:00 GMT',
    ],
    ...[
      '#microsoft.graph.',
      '#microsoft.graph.groupAssignmentTarget',
      '00000000-0000-0000-0000-000000000000',
      '../../../etc',
      '%',
      '%2e%2e',
    ],
  ),
  fc
    .tuple(fc.constantFrom(' ', '\t', 'a.', '-', '\\', '"', '@', 'eyJ', '{"message":"', '://', '\u200D'), fc.nat(400))
    .map(([unit, times]) => unit.repeat(times)),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map(unit => String.fromCharCode(unit)), maxLength: 40 }),
);

const nested = (depth: number): unknown => {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { target: value, error: value };
  return value;
};

/** Any JSON, most of it of another type than what is expected. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 0.5, 1e308, 2 ** 53, '', [], {}, [null], [[]], { value: null }),
  },
  { weight: 4, arbitrary: hostileText },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  // Each level doubles where both keys are written out, so that few are enough; arrays go as deep as the stack.
  { weight: 1, arbitrary: fc.nat(8).map(nested) },
);

/** JSON text so deep that whoever walks it by calling himself falls off the stack. */
export const abyss = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Addresses that are not the cloud's Graph, or hardly. */
export const hostileAddress: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'https://',
        'http://',
        'HTTPS://',
        '//',
        '\\\\',
        'https:',
        'https:/',
        'ftp://',
        'data:',
        'javascript:',
        'file:///',
        '/',
        '',
      ),
      fc.constantFrom('', 'graph.microsoft.com@', 'ada:pw@', '@', '%40'),
      fc.constantFrom(
        'graph.microsoft.com',
        'graph.microsoft.com.evil.example',
        'evil.example',
        'GRAPH.MICROSOFT.COM',
        'graph.microsoft.us',
        'graph。microsoft。com',
        '127.0.0.1',
      ),
      fc.constantFrom('', ':443', ':444', ':0443', '.', ':', '\t', '%00'),
      fc.constantFrom('', '/v1.0/groups?$skiptoken=x', '\\@evil.example', '#@evil.example', '/../../x', '?a\u202Eb'),
    )
    .map(parts => parts.join('')),
  hostileText,
);
