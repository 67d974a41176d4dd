/**
 * The user name and password before the host of an address, as proxies have them. A password may hold what ends a host, though it should
 * not; digits up to a slash are a port. Begins behind the slashes and ends somewhere, so that no text takes long.
 */
const userInfo = /(?<=[a-z\d+.-]:[\\/]{2,8})(?:[^\s\\/?#"'<>]{0,1000}@|[^\s\\/:@[\]"'<>]{0,1000}:(?!\d*[\\/?#])[^\s@"'<>]{0,1000}@)+/gi;

/** A text whose addresses name the host only: nobody's password is shown with what went wrong. */
export const withoutUserInfo = (text: string): string => text.replace(userInfo, '');

/** The value of a setting that names a proxy, which may have a user name and password before its host without any `http://` before them. */
export const withoutProxyUser = (value: string): string => value.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1');
