import * as z from 'zod/mini';

/** What Intune puts as JSON text into the message of an error, at each level. */
const level = z.looseObject({
  Message: z.optional(z.string()),
  message: z.optional(z.string()),
  error: z.optional(z.looseObject({ message: z.optional(z.string()) })),
});

/** Levels of nesting that are followed; two have been seen. */
const deepest = 10;

/** What Intune appends for its support. The request's id is kept apart, and the address inside of the service helps no user. */
const tail = /-\s+(?:Operation ID \(for customer support\)|Activity ID):[\s\S]*$/i;

export interface Reason {
  /** The innermost reason, without the tail for the support; empty if there is none. */
  readonly message: string;
  /** The text of all levels, to look for what the innermost one does not say. */
  readonly text: string;
}

const messageIn = (text: string): string | undefined => {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const { data } = level.safeParse(JSON.parse(text));
    return data?.Message ?? data?.message ?? data?.error?.message;
  } catch {
    // Not JSON after all: the text is the reason.
    return undefined;
  }
};

/**
 * The human reason in a message of Intune, which is often JSON text, inside of which the message may be JSON text again
 * (AzureAD/microsoft-authentication-library-for-js#7007).
 */
export function unnest(message: string): Reason {
  const levels = [message];
  for (let text = messageIn(message); text !== undefined && levels.length < deepest; text = messageIn(text)) levels.push(text);
  return { message: (levels.at(-1) ?? '').replace(tail, '').trim(), text: levels.join('\n') };
}
