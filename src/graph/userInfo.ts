/**
 * The user name and password before the host of an address, as proxies have them. A password may hold what ends a host, though it should
 * not; digits up to a slash are a port.
 */
const userInfo = /(\b[a-z][a-z\d+.-]*:[\\/]{2,})(?:[^\s\\/?#"'<>]*@|[^\s\\/:@[\]"'<>]*:(?!\d*[\\/?#])[^\s@"'<>]*@)+/gi;

/** A text whose addresses name the host only: nobody's password is shown with what went wrong. */
export const withoutUserInfo = (text: string): string => text.replace(userInfo, '$1');
