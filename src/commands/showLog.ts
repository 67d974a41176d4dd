/** Show Log: the output channel of this extension. Works in every state. */
export const showLog = (parts: { readonly log: { show(): void } }) => async (): Promise<void> => parts.log.show();
