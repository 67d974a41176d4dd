/** The OData options of a request. Names are matched without case and with or without `$`, as Microsoft Graph does. */
export interface Query {
  readonly select: readonly string[] | undefined;
  readonly expand: readonly string[];
  readonly filter: string | undefined;
  readonly search: string | undefined;
  readonly orderBy: string | undefined;
  readonly top: number | undefined;
  readonly skip: number | undefined;
  readonly skipToken: string | undefined;
  readonly count: boolean;
}

/** Reads the OData options out of a URL's query. */
export function readQuery(parameters: URLSearchParams): Query {
  const options = new Map([...parameters].map(([name, value]) => [name.toLowerCase().replace(/^\$/, ''), value]));
  return {
    select: list(options.get('select')),
    expand: list(options.get('expand')?.replaceAll(/\([^)]*\)/g, '')) ?? [],
    filter: options.get('filter'),
    search: options.get('search'),
    orderBy: options.get('orderby'),
    top: number(options.get('top')),
    skip: number(options.get('skip')),
    skipToken: options.get('skiptoken'),
    count: options.get('count')?.toLowerCase() === 'true',
  };
}

const list = (value: string | undefined): string[] | undefined => value?.split(',').map(part => part.trim());

const number = (value: string | undefined): number | undefined => (value === undefined ? undefined : Number(value));
