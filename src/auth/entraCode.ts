/**
 * The code of Microsoft Entra, such as `AADSTS50011`, in what somebody copied from one of its pages: the whole message, the code, or its
 * number alone, which some pages show without the prefix. Undefined where there is none.
 */
export const pageCode = (text: string): string | undefined => {
  const number = /\bAADSTS(\d{4,8})\b/i.exec(text)?.[1] ?? /(?<![\w-])(\d{5,7})(?![\w-])/.exec(text)?.[1];
  return number && `AADSTS${number}`;
};

/** The page on which Microsoft explains a code. Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const lookUpLink = (code: string): string => `https://login.microsoftonline.com/error?code=${code.replace(/\D/g, '')}`;
