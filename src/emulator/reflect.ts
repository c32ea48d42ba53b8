/**
 * The certificate library builds its objects with a container that asks `Reflect` for decorator metadata and
 * refuses to load without. There is never any to be found, and this says so. Import it before the library.
 */
const reflect = Reflect as { getMetadata?: () => undefined; getOwnMetadata?: () => undefined };

reflect.getMetadata ??= () => undefined;
reflect.getOwnMetadata ??= () => undefined;
